package dev.corsac.gateway.proxy;

import dev.corsac.gateway.http.RequestHead;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * How many more intermediaries may pass a request of OPTIONS on (RFC 9110 section 7.6.2); of other
 * methods the field says nothing.
 *
 * <p>What is no number passes as it is.
 */
public final class MaxForwards {
  private static final CharSequence NAME = HttpHeaders.createOptimized("Max-Forwards");
  private static final String OPTIONS = "OPTIONS";

  private MaxForwards() {}

  /** Whether the gateway is the last that may have the request. */
  public static boolean isSpent(RequestHead head) {
    return head.method().equals(OPTIONS) && of(head.request().headers()) == 0;
  }

  /** Tells the next one that it is one less. */
  static void lessen(RequestHead head, MultiMap headers) {
    if (head.method().equals(OPTIONS)) {
      int most = of(headers);
      if (most > 0) {
        headers.set(NAME, Integer.toString(most - 1));
      }
    }
  }

  /** -1 if there is none. */
  private static int of(MultiMap headers) {
    String said = headers.get(NAME);
    return said != null && said.matches("[0-9]{1,9}") ? Integer.parseInt(said) : -1;
  }
}
