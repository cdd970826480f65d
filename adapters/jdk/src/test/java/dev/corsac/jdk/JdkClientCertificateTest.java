package dev.corsac.jdk;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.corsac.Cors;
import dev.corsac.contract.Application;
import dev.corsac.contract.ClientCertificateContract;
import dev.corsac.contract.Server;
import dev.corsac.contract.TlsKeys;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLParameters;

class JdkClientCertificateTest extends ClientCertificateContract {

  @Override
  protected Server start(Cors cors, Application application, TlsKeys keys) throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(keys.context()) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters tls = getSSLContext().getDefaultSSLParameters();
            tls.setWantClientAuth(true);
            parameters.setSSLParameters(tls);
          }
        });
    return JdkTest.start(server, cors, application);
  }
}
