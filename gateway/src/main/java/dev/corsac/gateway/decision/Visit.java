package dev.corsac.gateway.decision;

import dev.corsac.CorsRequest;
import dev.corsac.Decision;
import dev.corsac.gateway.watch.Served;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * One request and what the policy made of it: decided once, and carried to whatever responds.
 *
 * @param decision null for a request that no policy was asked about, such as a malformed one
 * @param served takes note of what becomes of it
 */
public record Visit(
    HttpServerRequest request,
    CorsRequest corsRequest,
    @Nullable Decision decision,
    Served served) {

  /** Of a request that nothing was decided about. */
  public static Visit undecided(HttpServerRequest request, Served served) {
    // CONNECT has no target in HTTP/2.
    String target = request.uri() == null ? "" : request.uri();
    String client = String.valueOf(request.remoteAddress().hostAddress());
    return undecided(new GatewayRequest(request, target, null, client), served);
  }

  /** Of a request that could be read, and that no policy is asked about. */
  public static Visit undecided(GatewayRequest corsRequest, Served served) {
    served.asks(corsRequest, corsRequest.client());
    return new Visit(corsRequest.request(), corsRequest, null, served);
  }

  /** Of a request that a policy decides about. */
  public static Visit decided(GatewayRequest corsRequest, Decision decision, Served served) {
    served.asks(corsRequest, corsRequest.client());
    served.decided(corsRequest, decision);
    return new Visit(corsRequest.request(), corsRequest, decision, served);
  }

  /** Writes the decision's headers to the response as it stands; comes last before it is sent. */
  public void applyDecision() {
    if (decision != null) {
      decision.applyTo(new GatewayResponse(request.response().headers()));
    }
  }
}
