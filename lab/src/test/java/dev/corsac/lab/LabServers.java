package dev.corsac.lab;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A lab on free ports of this machine. */
final class LabServers implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final LabOrigins origins;

  LabServers() throws IOException {
    this(RequestBody.PATIENCE);
  }

  /**
   * Starts them.
   *
   * @param patience how long a client may take to send a body
   */
  LabServers(Duration patience) throws IOException {
    AtomicReference<Handler<HttpServerRequest>> pages = new AtomicReference<>();
    AtomicReference<Handler<HttpServerRequest>> sandbox = new AtomicReference<>();
    String server = serve(sandbox);
    origins = new LabOrigins(serve(pages), serve(pages), server, server);
    Lab lab = new Lab(origins, patience);
    pages.set(lab.pages());
    sandbox.set(lab.sandbox());
  }

  LabOrigins origins() {
    return origins;
  }

  private String serve(AtomicReference<Handler<HttpServerRequest>> handler) {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(request -> Objects.requireNonNull(handler.get()).handle(request))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .orTimeout(10, TimeUnit.SECONDS)
            .join();
    return "http://localhost:" + server.actualPort();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
