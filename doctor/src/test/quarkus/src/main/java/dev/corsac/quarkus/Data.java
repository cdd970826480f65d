package dev.corsac.quarkus;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Answers every method at one path. */
@ApplicationScoped
public class Data {
  void serve(@Observes Router router) {
    router
        .route("/data")
        .handler(
            context ->
                context
                    .response()
                    .putHeader("X-Total-Count", "100")
                    .putHeader("X-Trace-Id", "7")
                    .end("data"));
  }
}
