package dev.corsac.benchmarks;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpServer;
import dev.corsac.CorsPolicy;
import dev.corsac.benchmarks.ServerCost.Guard;
import dev.corsac.jaxrs.CorsFeature;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CorsHandler;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/** Servers that answer a GET of {@code /} with a little JSON. */
enum Stack {
  JDK(false, 64) {
    @Override
    int start(Guard guard) throws IOException {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      HttpContext context =
          server.createContext(
              "/",
              exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write(new byte[] {'o', 'k'});
                exchange.close();
              });
      if (guard == Guard.CORSAC) {
        context.getFilters().add(new dev.corsac.jdk.CorsFilter(policy()));
      }
      server.start();
      return server.getAddress().getPort();
    }
  },

  VERTX(true, 64) {
    @Override
    int start(Guard guard) throws Exception {
      Vertx vertx = Vertx.vertx();
      Router router = Router.router(vertx);
      if (guard == Guard.CORSAC) {
        router.route().handler(new dev.corsac.vertx.CorsHandler(policy()));
      } else if (guard == Guard.OWN) {
        router
            .route()
            .handler(
                CorsHandler.create()
                    .addOrigin(ORIGIN)
                    .allowCredentials(true)
                    .allowedMethods(
                        Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE))
                    .allowedHeaders(Set.copyOf(HEADERS))
                    .exposedHeader("X-Total-Count")
                    .maxAgeSeconds(600));
      }
      router
          .route()
          .handler(
              context ->
                  context.response().putHeader("Content-Type", "application/json").end("ok"));
      return vertx
          .createHttpServer()
          .requestHandler(router)
          .listen(0, "127.0.0.1")
          .toCompletionStage()
          .toCompletableFuture()
          .get()
          .actualPort();
    }
  },

  JERSEY(false, 64) {
    @Override
    int start(Guard guard) {
      ResourceConfig config = new ResourceConfig(Resource.class);
      if (guard == Guard.CORSAC) {
        config.register(new CorsFeature(policy()));
      }
      return GrizzlyHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:0/"), config)
          .getListeners()
          .iterator()
          .next()
          .getPort();
    }
  },

  WEBMVC(true, 1) {
    @Override
    int start(Guard guard) {
      return SpringServer.servlet(guard);
    }
  },

  WEBFLUX(true, 64) {
    @Override
    int start(Guard guard) {
      return SpringServer.reactive(guard);
    }
  };

  static final String ORIGIN = "https://app0.example.com";
  static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE");
  static final List<String> HEADERS = List.of("Content-Type", "Authorization", "X-Request-ID");

  /** Whether the stack has a guard of its own. */
  final boolean hasOwn;

  /**
   * How many requests are sent at once. Where the server takes them as they come, many: to read and
   * to write each of its own would cost ten times the rest.
   */
  final int pipelined;

  Stack(boolean hasOwn, int pipelined) {
    this.hasOwn = hasOwn;
    this.pipelined = pipelined;
  }

  /** Starts one on the loopback interface and returns its port. */
  abstract int start(Guard guard) throws Exception;

  static CorsPolicy policy() {
    return CorsPolicy.builder()
        .allowOrigins(ORIGIN)
        .allowMethods(METHODS)
        .allowHeaders(HEADERS)
        .exposeHeaders("X-Total-Count")
        .allowCredentials()
        .build();
  }

  /** For Jersey. */
  @Path("/")
  public static final class Resource {

    /** A little. */
    @GET
    @Produces("application/json")
    public String get() {
      return "ok";
    }
  }
}
