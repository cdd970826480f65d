package dev.corsac.doctor.problem;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;

/** Vert.x Web. */
final class VertxRemedyServer implements RemedyServer {
  private static final String SOURCE =
      """
      import io.vertx.core.*;
      import io.vertx.core.http.*;
      import io.vertx.ext.web.*;
      import io.vertx.ext.web.handler.*;
      import io.vertx.ext.web.sstore.*;

      public class Snippet {
        public static void apply(Vertx vertx, Router router) {
      %s
        }
      }
      """;

  @Override
  public Running start(String name, Remedy remedy, Guard guard) throws Exception {
    Vertx vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    String code = remedy.code();
    if (name.equals("cookie")) {
      code =
          Remedies.of(Problem.ALLOW_ORIGIN_WILDCARD, Stack.VERTX, RemediesServedTest.FACTS)
                  .orElseThrow()
                  .code()
              + "\n"
              + code;
    }
    JavaSnippet.compile(SOURCE.formatted(code))
        .getMethod("apply", Vertx.class, Router.class)
        .invoke(null, vertx, router);
    router.route().handler(context -> answer(context, guard));
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    return new Running(
        server.actualPort(),
        () -> vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS));
  }

  private static void answer(RoutingContext context, Guard guard) {
    String path = context.request().path();
    Answer answer = Answer.to(path, context.request().headers().contains("Authorization"), guard);
    if (path.equals("/login")) {
      context.session().put("user", "you");
      context.end();
    } else if (answer.status() == Answer.THROWN) {
      throw new IllegalStateException("thrown on purpose");
    } else if (answer.status() == 404) {
      context.next(); // to the router's own
    } else {
      answer.headers().forEach(context.response().headers()::set);
      context.response().setStatusCode(answer.status()).end(answer.body());
    }
  }
}
