package dev.corsac.jaxrs;

import dev.corsac.Cors;
import dev.corsac.contract.Application;
import dev.corsac.contract.ClientCertificateContract;
import dev.corsac.contract.Server;
import dev.corsac.contract.TlsKeys;
import java.net.URI;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;

class JerseyClientCertificateTest extends ClientCertificateContract {

  @Override
  protected Server start(Cors cors, Application application, TlsKeys keys) throws Exception {
    return JerseyTest.started(
        GrizzlyHttpServerFactory.createHttpServer(
            URI.create("https://127.0.0.1:0/"),
            JerseyTest.config(cors, application),
            true,
            new SSLEngineConfigurator(keys.context(), false, false, true)));
  }
}
