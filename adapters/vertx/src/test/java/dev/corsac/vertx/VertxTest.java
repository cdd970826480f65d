package dev.corsac.vertx;

import dev.corsac.Cors;
import dev.corsac.contract.AdapterContract;
import dev.corsac.contract.Application;
import dev.corsac.contract.Manner;
import dev.corsac.contract.Protocol;
import dev.corsac.contract.Reply;
import dev.corsac.contract.Reply.Header;
import dev.corsac.contract.Server;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.impl.VertxImpl;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

class VertxTest extends AdapterContract {
  private static final Logger LOGGER = Logger.getLogger("io.vertx");

  @Override
  protected String stack() {
    return "Vert.x Web " + VertxImpl.version();
  }

  @Override
  protected Set<Protocol> protocols() {
    return EnumSet.allOf(Protocol.class);
  }

  @Override
  protected Server start(Cors cors, Application application) throws Exception {
    return start(cors, application, new HttpServerOptions());
  }

  static Server start(Cors cors, Application application, HttpServerOptions options)
      throws Exception {
    LOGGER.setUseParentHandlers(false); // the application's exceptions, at length
    Vertx vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    router.route().handler(new CorsHandler(cors));
    router.route().handler(context -> run(context, application));
    HttpServer server =
        vertx
            .createHttpServer(options)
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    return new Server(
        server.actualPort(),
        () -> vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS));
  }

  private static void run(RoutingContext context, Application application) {
    Reply reply =
        application.run(
            context.request().method().name(),
            context.request().path(),
            context.request().getHeader(Application.DOES),
            context.request().getHeader(Application.CALL));
    switch (reply.manner()) {
      case ASYNC, ASYNC_ERROR -> context.vertx().setTimer(50, timer -> answer(context, reply));
      default -> answer(context, reply);
    }
  }

  private static void answer(RoutingContext context, Reply reply) {
    HttpServerResponse response = context.response();
    if (reply.manner() == Manner.LATE) {
      context.addHeadersEndHandler(head -> setHeaders(response, reply));
    } else {
      setHeaders(response, reply);
    }
    switch (reply.manner()) {
      case ERROR -> {
        if (reply.status() == 404) {
          context.next(); // to the router's own
        } else {
          context.fail(reply.status());
        }
      }
      case ASYNC_ERROR -> context.fail(reply.status());
      case THROW -> throw new IllegalStateException("thrown on purpose");
      case FLUSH -> {
        response.setStatusCode(reply.status()).setChunked(true);
        response.writeHead();
        for (char c : reply.body().toCharArray()) {
          response.write(String.valueOf(c));
        }
        response.end();
      }
      case RESET -> {
        response.headers().set("Vary", "Accept").clear();
        setHeaders(response, reply);
        response.setStatusCode(reply.status()).end(reply.body());
      }
      default -> response.setStatusCode(reply.status()).end(reply.body());
    }
  }

  private static void setHeaders(HttpServerResponse response, Reply reply) {
    for (Header header : reply.headers()) {
      response.headers().add(header.name(), header.value());
    }
  }
}
