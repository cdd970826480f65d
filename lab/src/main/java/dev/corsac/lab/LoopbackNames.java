package dev.corsac.lab;

import dev.corsac.Hosts;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.List;

/**
 * Answers requests only by the names that a server on this machine has for itself: {@code
 * localhost}, {@code 127.0.0.1} and {@code [::1]}, with any port. Any other name is 421 (RFC 9110
 * section 15.5.20).
 *
 * <p>An attacker can let a name of theirs lead to {@code 127.0.0.1} (DNS rebinding). To the browser
 * the server is then of the attacker's own origin, and only {@code Host} tells.
 *
 * <p>Thread-safe if the handler behind it is.
 */
public final class LoopbackNames implements Handler<HttpServerRequest> {
  private static final Hosts NAMES = Hosts.of("localhost", "127.0.0.1", "[::1]");

  private final Handler<HttpServerRequest> handler;

  /** Stands before a handler. */
  public LoopbackNames(Handler<HttpServerRequest> handler) {
    this.handler = handler;
  }

  @Override
  public void handle(HttpServerRequest request) {
    if (isAskedByOne(request)) {
      handler.handle(request);
    } else {
      request
          .response()
          .setStatusCode(421)
          .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
          .end("This server is asked by the name localhost.\n");
    }
  }

  private static boolean isAskedByOne(HttpServerRequest request) {
    List<String> lines = request.headers().getAll(HttpHeaders.HOST);
    if (lines.size() == 1) {
      return NAMES.contains(lines.get(0));
    }
    // HTTP/2 tells it elsewhere.
    HostAndPort authority = lines.isEmpty() ? request.authority() : null;
    return authority != null && NAMES.contains(authority.toString());
  }
}
