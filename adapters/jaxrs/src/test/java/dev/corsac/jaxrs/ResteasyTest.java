package dev.corsac.jaxrs;

import dev.corsac.Cors;
import dev.corsac.contract.AdapterContract;
import dev.corsac.contract.Application;
import dev.corsac.contract.Server;
import io.undertow.Undertow;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jboss.resteasy.core.ResteasyDeploymentImpl;
import org.jboss.resteasy.plugins.server.undertow.UndertowJaxrsServer;
import org.jboss.resteasy.spi.ResteasyDeployment;

class ResteasyTest extends AdapterContract {
  /** Those that would show the application's exceptions, at length. */
  private static final List<Logger> LOGGERS =
      Stream.of("dev.corsac.jaxrs", "io.undertow", "org.jboss.resteasy")
          .map(Logger::getLogger)
          .toList();

  @Override
  protected String stack() {
    return "RESTEasy "
        + ResteasyDeployment.class.getPackage().getImplementationVersion()
        + " on Undertow";
  }

  @Override
  protected Map<String, String> knownFailures() {
    return Map.of("options-star", "Undertow 2.3 fails to find a servlet for * and answers 500");
  }

  @Override
  protected Server start(Cors cors, Application application) {
    return start(cors, application, Undertow.builder().addHttpListener(0, "127.0.0.1"));
  }

  static Server start(Cors cors, Application application, Undertow.Builder undertow) {
    LOGGERS.forEach(logger -> logger.setUseParentHandlers(false));
    ResteasyDeployment deployment = new ResteasyDeploymentImpl();
    deployment.setProviders(List.of(new CorsFeature(cors), new AsyncRouting(), new LateHeaders()));
    deployment.setResources(List.of(new ApplicationResource(application)));
    Port server = new Port();
    server.start(undertow);
    server.deploy(
        server
            .undertowDeployment(deployment)
            .setContextPath("/")
            .setDeploymentName("contract")
            .setClassLoader(ResteasyTest.class.getClassLoader()));
    return new Server(server.number(), server::stop);
  }

  /** A server that tells its port. */
  private static final class Port extends UndertowJaxrsServer {
    int number() {
      return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }
  }
}
