package dev.corsac.gateway.watch;

import dev.corsac.CorsRequest;
import dev.corsac.Decision;
import java.util.Locale;

/** What a decision made of a request. */
public enum Kind {
  /** A preflight, which the gateway answered. */
  PREFLIGHT,
  /** It went on to its guards and its upstream. */
  PASSED,
  /** It was refused, and no upstream saw it. */
  REFUSED;

  static Kind of(CorsRequest request, Decision decision) {
    if (decision instanceof Decision.Proceed) {
      return PASSED;
    }
    boolean preflight =
        request.method().equals("OPTIONS")
            && request.header("Access-Control-Request-Method") != null
            && request.header("Origin") != null;
    return preflight ? PREFLIGHT : REFUSED;
  }

  /** The name in lower case. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
