package dev.corsac.undertow;

import dev.corsac.Cors;
import dev.corsac.CorsRequest;
import dev.corsac.CorsResponse;
import dev.corsac.Decision;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * CORS for an Undertow server; the handler around all others, ahead of authentication.
 *
 * <pre>{@code
 * Undertow.builder().setHandler(new CorsHandler(application, policy));
 * }</pre>
 *
 * <p>The headers are written when the response's head is sent, after whatever the handlers did:
 * they are on an error and on the 500 of an exception too.
 *
 * <p>Over HTTP/2 Undertow 2.3 may lose the headers of a request whose head has 20 KB and more, and
 * hand it on without {@code Origin}: leave HTTP/2 to a proxy where such a request must be refused.
 *
 * <p>Thread-safe.
 */
public final class CorsHandler implements HttpHandler {
  private final HttpHandler next;
  private final Cors cors;

  /**
   * A handler that applies the decisions of {@code cors}, usually a {@link dev.corsac.CorsPolicy}.
   *
   * @param next handles what the decisions let through
   */
  public CorsHandler(HttpHandler next, Cors cors) {
    this.next = Objects.requireNonNull(next, "next");
    this.cors = Objects.requireNonNull(cors, "cors");
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    Decision decision = cors.decide(new Request(exchange));
    // Listeners run in reverse: the first that was added has the last word.
    exchange.addResponseCommitListener(
        committed -> decision.applyTo(new Response(committed.getResponseHeaders())));
    if (decision instanceof Decision.Answer answer) {
      exchange.setStatusCode(answer.status()).endExchange();
    } else {
      next.handleRequest(exchange);
    }
  }

  /** What the engine looks at. */
  private record Request(HttpServerExchange exchange) implements CorsRequest {

    @Override
    public String method() {
      return exchange.getRequestMethod().toString();
    }

    /** Of the target as sent, which has a host in absolute form. */
    @Override
    public String path() {
      return CorsRequest.pathOf(exchange.getRequestURI());
    }

    @Override
    public @Nullable String header(String name) {
      return exchange.getRequestHeaders().getFirst(name);
    }

    @Override
    public List<String> headers(String name) {
      return lines(exchange.getRequestHeaders(), name);
    }

    @Override
    public boolean hasClientCertificate() {
      return CorsRequest.hasClientCertificate(exchange.getConnection().getSslSession());
    }
  }

  /** Where the headers go. */
  private record Response(HeaderMap head) implements CorsResponse {

    @Override
    public List<String> headers(String name) {
      return lines(head, name);
    }

    @Override
    public void setHeader(String name, String value) {
      head.put(new HttpString(name), value);
    }

    @Override
    public void addHeader(String name, String value) {
      head.add(new HttpString(name), value);
    }

    @Override
    public void removeHeader(String name) {
      head.remove(name);
    }
  }

  private static List<String> lines(HeaderMap headers, String name) {
    List<String> lines = headers.get(name);
    return lines == null ? List.of() : lines;
  }
}
