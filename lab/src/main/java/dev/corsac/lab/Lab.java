package dev.corsac.lab;

import dev.corsac.lab.decoder.Decoder;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;

/**
 * The lab: what its page's two origins serve, and the server that its experiments ask.
 *
 * <p>Whoever starts it gives each handler a server of its own, on the origins that it was made for.
 * What visitors write stays in memory, in runs that are bounded in number, size and requests.
 * Thread-safe.
 */
public final class Lab {
  private final LabHandler pages;
  private final Handler<HttpServerRequest> sandbox;

  /**
   * A lab for these origins.
   *
   * @throws IOException if a file of the page is missing
   */
  public Lab(LabOrigins origins) throws IOException {
    this(origins, RequestBody.PATIENCE);
  }

  Lab(LabOrigins origins, Duration patience) throws IOException {
    Runs runs = new Runs();
    pages =
        new LabHandler(
            new LabPages(origins),
            new LabApi(origins, runs),
            new Decoder(origins.listed()),
            patience);
    sandbox = new LoopbackNames(new SandboxHandler(runs, patience));
  }

  /** What the page's origins serve. */
  public Handler<HttpServerRequest> pages() {
    return pages;
  }

  /** What the server of the experiments serves. */
  public Handler<HttpServerRequest> sandbox() {
    return sandbox;
  }
}
