package dev.corsac.jdk;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import dev.corsac.Cors;
import dev.corsac.CorsRequest;
import dev.corsac.Decision;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * CORS for a context of the JDK's HTTP server; its first filter, ahead of authentication.
 *
 * <pre>{@code
 * HttpContext context = server.createContext("/", handler);
 * context.getFilters().add(0, new CorsFilter(policy));
 * }</pre>
 *
 * <p>An {@link com.sun.net.httpserver.Authenticator} of the context runs before any filter, so
 * preflights would need a login: use a filter after this one instead.
 *
 * <p>Where the server would drop the connection because a handler throws, this answers 500 first,
 * so that an allowed page sees an error of the server and not of CORS. Thread-safe.
 */
public final class CorsFilter extends Filter {
  private final Cors cors;

  /**
   * A filter that applies the decisions of {@code cors}, usually a {@link dev.corsac.CorsPolicy}.
   */
  public CorsFilter(Cors cors) {
    this.cors = Objects.requireNonNull(cors, "cors");
  }

  @Override
  public String description() {
    return "CORS";
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    Decision decision = cors.decide(new Request(exchange));
    CorsExchange guarded = new CorsExchange(exchange, decision);
    if (decision instanceof Decision.Answer answer) {
      end(guarded, answer.status());
      return;
    }
    try {
      chain.doFilter(
          exchange instanceof HttpsExchange tls ? new CorsHttpsExchange(guarded, tls) : guarded);
    } catch (RuntimeException | Error e) {
      if (exchange.getResponseCode() == -1) {
        exchange.getResponseHeaders().clear();
        end(guarded, 500);
      }
      throw e;
    }
  }

  private static void end(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, -1);
    }
  }

  /** What the engine looks at. */
  private record Request(HttpExchange exchange) implements CorsRequest {

    @Override
    public String method() {
      return exchange.getRequestMethod();
    }

    /** Of the target as sent: the URI takes the first segment of {@code //a/b} for a host. */
    @Override
    public String path() {
      return CorsRequest.pathOf(exchange.getRequestURI().toString());
    }

    @Override
    public @Nullable String header(String name) {
      return exchange.getRequestHeaders().getFirst(name);
    }

    @Override
    public List<String> headers(String name) {
      Headers headers = exchange.getRequestHeaders();
      return headers.getOrDefault(name, List.of());
    }

    @Override
    public boolean hasClientCertificate() {
      return exchange instanceof HttpsExchange secure
          && CorsRequest.hasClientCertificate(secure.getSSLSession());
    }
  }
}
