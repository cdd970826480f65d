package dev.corsac.gateway.decision;

import dev.corsac.CorsRequest;
import dev.corsac.Decision;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * One request and what the policy made of it: decided once, and carried to whatever responds.
 *
 * @param decision null for a request that no policy was asked about, such as a malformed one
 */
public record Visit(
    HttpServerRequest request, CorsRequest corsRequest, @Nullable Decision decision) {

  /** Of a request that nothing was decided about. */
  public static Visit undecided(HttpServerRequest request) {
    // CONNECT has no target in HTTP/2.
    String target = request.uri() == null ? "" : request.uri();
    return new Visit(
        request,
        new GatewayRequest(
            request, target, null, String.valueOf(request.remoteAddress().hostAddress())),
        null);
  }

  public static Visit of(GatewayRequest corsRequest, Decision decision) {
    return new Visit(corsRequest.request(), corsRequest, decision);
  }

  /** Writes the decision's headers to the response as it stands; comes last before it is sent. */
  public void applyDecision() {
    if (decision != null) {
      decision.applyTo(new GatewayResponse(request.response().headers()));
    }
  }
}
