package dev.corsac.jaxrs;

import dev.corsac.Cors;
import dev.corsac.contract.AdapterContract;
import dev.corsac.contract.Application;
import dev.corsac.contract.Server;
import java.net.URI;
import java.util.Map;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.internal.Version;
import org.glassfish.jersey.server.ResourceConfig;

class JerseyTest extends AdapterContract {
  private static final Logger LOGGER = Logger.getLogger("dev.corsac.jaxrs");

  @Override
  protected String stack() {
    return "Jersey " + Version.getVersion() + " on Grizzly";
  }

  @Override
  protected Map<String, String> knownFailures() {
    return Stream.of(
            "route-open-authority-backslash",
            "hosts-ipv6-suffix",
            "hosts-ipv6-dot",
            "hosts-ipv6-user-info",
            "hosts-ipv6-bare",
            "hosts-bracketed-name",
            "hosts-bracketed-name-suffix",
            "hosts-port-twice",
            "hosts-domain-notation")
        .collect(
            Collectors.toMap(
                id -> id,
                id -> "Jersey fails to make a URI of it and answers 500 before any filter"));
  }

  @Override
  protected Server start(Cors cors, Application application) {
    return started(
        GrizzlyHttpServerFactory.createHttpServer(
            URI.create("http://127.0.0.1:0/"), config(cors, application)));
  }

  static Server started(HttpServer server) {
    return new Server(server.getListeners().iterator().next().getPort(), server::shutdownNow);
  }

  static ResourceConfig config(Cors cors, Application application) {
    LOGGER.setUseParentHandlers(false); // the application's exceptions, at length
    return new ResourceConfig()
        .register(new CorsFeature(cors))
        .register(new ApplicationResource(application))
        .register(new AsyncRouting())
        .register(new LateHeaders());
  }
}
