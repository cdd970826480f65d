package dev.corsac.vertx;

import dev.corsac.Cors;
import dev.corsac.CorsRequest;
import dev.corsac.CorsResponse;
import dev.corsac.Decision;
import dev.corsac.Reason;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.List;
import java.util.Objects;
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
  private final Cors cors;

  /** A handler that does as a policy, or anything else that decides, says. */
  public CorsHandler(Cors cors) {
    this.cors = Objects.requireNonNull(cors, "cors");
  }

  @Override
  public void handle(RoutingContext context) {
    String origin = context.request().getHeader("Origin");
    Decision decision = cors.decide(new Request(context.request()));
    if (decision.reason() != Reason.NO_POLICY) {
      Response response = new Response(context.response().headers());
      // The handlers of a head run in reverse: the first that was added has the last word.
      context.addHeadersEndHandler(head -> decision.applyTo(origin, response));
    }
    if (decision instanceof Decision.Answer answer) {
      context.response().setStatusCode(answer.status()).end();
    } else {
      context.next();
    }
  }

  /** What the engine looks at. */
  private record Request(HttpServerRequest request) implements CorsRequest {

    @Override
    public String method() {
      return request.method().name();
    }

    @Override
    public String path() {
      String path = request.path();
      return path == null ? "" : path;
    }

    @Override
    public @Nullable String header(String name) {
      String line = request.getHeader(name);
      boolean elsewhere = line == null && name.equals("Host") && request.authority() != null;
      return elsewhere ? request.authority().toString() : line;
    }

    @Override
    public List<String> headers(String name) {
      return request.headers().getAll(name);
    }
  }

  /** Where the headers go. */
  private record Response(MultiMap head) implements CorsResponse {

    @Override
    public List<String> headers(String name) {
      return head.getAll(name);
    }

    @Override
    public void setHeader(String name, String value) {
      head.set(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
      head.add(name, value);
    }

    @Override
    public void removeHeader(String name) {
      head.remove(name);
    }
  }
}
