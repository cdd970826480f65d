package dev.corsac.servlet;

import dev.corsac.Cors;
import dev.corsac.contract.Application;
import dev.corsac.contract.ClientCertificateContract;
import dev.corsac.contract.Server;
import dev.corsac.contract.TlsKeys;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

class JettyClientCertificateTest extends ClientCertificateContract {

  @Override
  protected Server start(Cors cors, Application application, TlsKeys keys) throws Exception {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStorePath(keys.file().toString());
    tls.setKeyStorePassword(keys.password());
    tls.setTrustStorePath(keys.file().toString());
    tls.setTrustStorePassword(keys.password());
    tls.setWantClientAuth(true);
    HttpConfiguration http = new HttpConfiguration();
    http.addCustomizer(new SecureRequestCustomizer()); // what jetty.xml's https module adds
    org.eclipse.jetty.server.Server jetty = new org.eclipse.jetty.server.Server();
    ServerConnector connector =
        new ServerConnector(
            jetty, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http));
    return JettyTest.start(jetty, connector, test().context(cors, application));
  }

  JettyTest test() {
    return new JettyTest();
  }
}
