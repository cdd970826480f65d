package dev.corsac.examples;

import dev.corsac.Cors;
import dev.corsac.contract.AdapterContract;
import dev.corsac.contract.Application;
import dev.corsac.contract.Manner;
import dev.corsac.contract.Reply;
import dev.corsac.contract.Reply.Header;
import dev.corsac.contract.Server;
import dev.corsac.servlet.CorsFilter;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.Jetty;

/** Javalin needs no adapter of its own: under the servlet filter it passes the whole contract. */
class JavalinTest extends AdapterContract {
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);

  @Override
  protected String stack() {
    return "Javalin 7.2.3 on Jetty " + Jetty.VERSION + " (EE 10)";
  }

  @Override
  protected Server start(Cors cors, Application application) {
    Handler handler = context -> run(context, application);
    Javalin javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.jetty.modifyServletContextHandler(
                  context ->
                      context.addServletContainerInitializer(
                          (classes, servletContext) -> CorsFilter.addTo(servletContext, cors)));
              for (HandlerType method : HandlerType.commonHttp()) {
                config.routes.addHttpHandler(method, "/*", handler);
              }
            });
    return new Server(javalin.start("127.0.0.1", 0).port(), javalin::stop);
  }

  private static void run(Context context, Application application) throws IOException {
    Reply reply =
        application.run(
            context.method().name(),
            context.req().getRequestURI(),
            context.header(Application.DOES),
            context.header(Application.CALL));
    switch (reply.manner()) {
      case ASYNC, ASYNC_ERROR ->
          context.future(() -> CompletableFuture.runAsync(() -> answer(context, reply), LATER));
      case FLUSH -> {
        context.status(reply.status());
        setHeaders(context, reply);
        context.res().flushBuffer();
        context.res().getWriter().write(reply.body());
      }
      default -> answer(context, reply);
    }
  }

  private static void answer(Context context, Reply reply) {
    if (reply.manner() == Manner.RESET) {
      context.header("Vary", "Accept").result("never seen");
      context.res().reset();
    }
    setHeaders(context, reply);
    switch (reply.manner()) {
      case ERROR, ASYNC_ERROR -> throw new HttpResponseException(reply.status(), "error");
      case THROW -> throw new IllegalStateException("thrown on purpose");
      case REDIRECT -> context.redirect(reply.headers().get(0).value());
      default -> context.status(reply.status()).result(reply.body());
    }
  }

  private static void setHeaders(Context context, Reply reply) {
    for (Header header : reply.headers()) {
      context.res().addHeader(header.name(), header.value());
    }
  }
}
