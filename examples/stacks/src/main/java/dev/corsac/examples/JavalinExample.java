package dev.corsac.examples;

import dev.corsac.CorsPolicy;
import dev.corsac.examples.Api.Answer;
import dev.corsac.servlet.CorsFilter;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;

/** The API on Javalin: its Jetty takes the servlet filter. */
final class JavalinExample {
  private JavalinExample() {}

  static Running start(CorsPolicy policy, int port) {
    Javalin server = Javalin.create(config -> configure(config, policy)).start("127.0.0.1", port);
    return new Running(server.port(), server::stop);
  }

  private static void configure(JavalinConfig config, CorsPolicy policy) {
    Api api = new Api();
    config.startup.showJavalinBanner = false;
    config.jetty.modifyServletContextHandler(
        context ->
            context.addServletContainerInitializer(
                (classes, servletContext) -> CorsFilter.addTo(servletContext, policy)));
    config
        .routes
        .get("/api/data", context -> send(context, api.data()))
        .post("/api/data", context -> send(context, api.receive(context.body())))
        .get("/api/items", context -> send(context, api.items()))
        .post("/login", context -> send(context, api.login()))
        .get("/protected", context -> send(context, api.showProtected(context.header("Cookie"))));
  }

  private static void send(Context context, Answer answer) {
    answer.headers().forEach(context::header);
    context.status(answer.status()).contentType("application/json").result(answer.body());
  }
}
