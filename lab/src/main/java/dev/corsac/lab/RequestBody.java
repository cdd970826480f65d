package dev.corsac.lab;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * The body of a request on its way in: it is kept up to a size only, and a client that takes too
 * long to send it is cut off. Used on the event loop of the request alone.
 */
final class RequestBody {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.currentContext().owner();
  private final Buffer body = Buffer.buffer();
  private final int largest;
  private final Reader reader;
  private final long timer;
  private boolean done;

  /** What becomes of a body: one of the three is called, once. */
  @FunctionalInterface
  interface Reader {
    /** All of it is there. */
    void whole(Buffer body);

    /** All of it has arrived, and it was too large to keep. */
    default void tooLarge() {}

    /** The client went away, or took too long: nobody waits for a response. */
    default void gone() {}
  }

  private RequestBody(HttpServerRequest request, int largest, Duration patience, Reader reader) {
    this.largest = largest;
    this.reader = reader;
    this.timer = vertx.setTimer(patience.toMillis(), id -> request.connection().close());
  }

  /**
   * Reads the body of a request from its start.
   *
   * @param largest how many bytes are kept
   * @param patience how long the client may take
   */
  static void read(HttpServerRequest request, int largest, Duration patience, Reader reader) {
    RequestBody body = new RequestBody(request, largest, patience, reader);
    request.handler(body::add);
    request.endHandler(end -> body.end(true));
    request.exceptionHandler(broken -> body.end(false));
  }

  /** Lets the body of a request go by that gets its response without it. */
  static void discard(HttpServerRequest request, Duration patience) {
    read(request, 0, patience, body -> {});
  }

  private void add(Buffer chunk) {
    if (body.length() <= largest) {
      body.appendBuffer(chunk);
    }
  }

  private void end(boolean complete) {
    if (done) {
      return;
    }
    done = true;
    vertx.cancelTimer(timer);
    if (!complete) {
      reader.gone();
    } else if (body.length() > largest) {
      reader.tooLarge();
    } else {
      reader.whole(body);
    }
  }
}
