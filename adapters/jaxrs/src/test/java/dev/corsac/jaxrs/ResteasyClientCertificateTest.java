package dev.corsac.jaxrs;

import dev.corsac.Cors;
import dev.corsac.contract.Application;
import dev.corsac.contract.ClientCertificateContract;
import dev.corsac.contract.Server;
import dev.corsac.contract.TlsKeys;
import io.undertow.Undertow;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;

class ResteasyClientCertificateTest extends ClientCertificateContract {

  @Override
  protected Server start(Cors cors, Application application, TlsKeys keys) throws Exception {
    return ResteasyTest.start(
        cors,
        application,
        Undertow.builder()
            .addHttpsListener(0, "127.0.0.1", keys.context())
            .setSocketOption(Options.SSL_CLIENT_AUTH_MODE, SslClientAuthMode.REQUESTED));
  }
}
