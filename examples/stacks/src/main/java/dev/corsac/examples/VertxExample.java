package dev.corsac.examples;

import dev.corsac.CorsPolicy;
import dev.corsac.examples.Api.Answer;
import dev.corsac.vertx.CorsHandler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/** The API on Vert.x Web. */
final class VertxExample {
  private VertxExample() {}

  static Running start(CorsPolicy policy, int port) {
    Vertx vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    router.route().handler(new CorsHandler(policy));
    addRoutes(router, new Api());
    HttpServer server =
        vertx.createHttpServer().requestHandler(router).listen(port, "127.0.0.1").await();
    return new Running(server.actualPort(), () -> vertx.close().await());
  }

  private static void addRoutes(Router router, Api api) {
    router.get("/api/data").handler(context -> send(context, api.data()));
    router
        .post("/api/data")
        .handler(BodyHandler.create(false))
        .handler(context -> send(context, api.receive(context.body().asString())));
    router.get("/api/items").handler(context -> send(context, api.items()));
    router.post("/login").handler(context -> send(context, api.login()));
    router
        .get("/protected")
        .handler(
            context -> send(context, api.showProtected(context.request().getHeader("Cookie"))));
  }

  private static void send(RoutingContext context, Answer answer) {
    context.response().setStatusCode(answer.status());
    context.response().putHeader("Content-Type", "application/json");
    answer.headers().forEach(context.response()::putHeader);
    context.response().end(answer.body());
  }
}
