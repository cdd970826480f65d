package dev.corsac.vertx;

import dev.corsac.Cors;
import dev.corsac.CorsRequest;
import dev.corsac.CorsResponse;
import dev.corsac.Decision;
import dev.corsac.Reason;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * CORS for a Vert.x Web router; the handler of its first route, ahead of authentication.
 *
 * <pre>{@code
 * router.route().handler(new CorsHandler(policy));
 * }</pre>
 *
 * <p>The headers are written when the response's head is sent, after whatever the handlers did:
 * they are on failures and on the router's own 404 too. Thread-safe.
 */
public final class CorsHandler implements SecurityPolicyHandler {
  /** Names with their hash, which Vert.x would compute again for each look-up of a string. */
  private static final Map<String, CharSequence> HASHED =
      Stream.of(
              "Origin",
              "Access-Control-Request-Method",
              "Access-Control-Request-Headers",
              "Access-Control-Allow-Origin",
              "Access-Control-Allow-Credentials",
              "Access-Control-Allow-Methods",
              "Access-Control-Allow-Headers",
              "Access-Control-Expose-Headers",
              "Access-Control-Max-Age",
              "Vary")
          .collect(Collectors.toUnmodifiableMap(name -> name, HttpHeaders::createOptimized));

  private final Cors cors;

  /**
   * A handler that applies the decisions of {@code cors}, usually a {@link dev.corsac.CorsPolicy}.
   */
  public CorsHandler(Cors cors) {
    this.cors = Objects.requireNonNull(cors, "cors");
  }

  @Override
  public void handle(RoutingContext context) {
    Decision decision = cors.decide(new Request(context.request()));
    if (decision.reason() != Reason.NO_POLICY) {
      MultiMap response = context.response().headers();
      // The handlers of a head run in reverse: the first that was added has the last word.
      context.addHeadersEndHandler(head -> write(decision, response));
    }
    if (decision instanceof Decision.Answer answer) {
      context.response().setStatusCode(answer.status()).end();
    } else {
      context.next();
    }
  }

  /** To see that there is nothing to remove costs less than to look each header up. */
  private static void write(Decision decision, MultiMap head) {
    Written written = new Written();
    head.forEach(written);
    if (written.found) {
      decision.applyTo(new Response(head));
    } else {
      decision.addTo(new Response(head));
    }
  }

  /**
   * Whether a head has a header that a decision writes; an iterator would make an object a line.
   */
  private static final class Written implements BiConsumer<String, String> {
    private boolean found;

    @Override
    public void accept(String name, String value) {
      found |= CorsResponse.isWritten(name);
    }
  }

  private static CharSequence hashed(String name) {
    CharSequence hashed = HASHED.get(name);
    return hashed == null ? name : hashed;
  }

  /** What the engine looks at. */
  private record Request(HttpServerRequest request) implements CorsRequest {

    @Override
    public String method() {
      return request.method().name();
    }

    @Override
    public String path() {
      return CorsRequest.pathOf(request.uri());
    }

    @Override
    public @Nullable String header(String name) {
      return request.getHeader(hashed(name));
    }

    @Override
    public @Nullable String authority() {
      String host = request.getHeader("Host");
      return host == null && request.authority() != null ? request.authority().toString() : host;
    }

    @Override
    public List<String> headers(String name) {
      return request.headers().getAll(hashed(name));
    }

    @Override
    public boolean hasClientCertificate() {
      return CorsRequest.hasClientCertificate(request.sslSession());
    }
  }

  /** Where the headers go. */
  private record Response(MultiMap head) implements CorsResponse {

    @Override
    public List<String> headers(String name) {
      return head.getAll(hashed(name));
    }

    @Override
    public void setHeader(String name, String value) {
      head.set(hashed(name), value);
    }

    @Override
    public void addHeader(String name, String value) {
      head.add(hashed(name), value);
    }

    @Override
    public void removeHeader(String name) {
      head.remove(hashed(name));
    }
  }
}
