package dev.corsac;

/**
 * Whether a request that the policy does not allow reaches the application.
 *
 * <p>CORS by itself only decides what a page may <em>read</em>: a form or a simple {@code fetch} of
 * any page still runs. Enforcement refuses such requests with 403. It looks at {@code Origin} and
 * {@code Sec-Fetch-Site}; requests that have neither come from no browser and pass.
 */
public enum Enforcement {
  /**
   * The application runs, as the standard has it; a page that is not allowed cannot read the
   * answer.
   */
  OFF,
  /**
   * Requests that may change state (all but GET, HEAD and OPTIONS) and WebSocket handshakes are
   * refused.
   */
  UNSAFE,
  /** Every request of an origin that is not allowed is refused; plain navigations by GET pass. */
  ALL
}
