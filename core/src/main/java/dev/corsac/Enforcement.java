package dev.corsac;

import java.util.Locale;

/**
 * Which requests reach the application only if their page may act, and not only read.
 *
 * <p>CORS by itself decides what a page may <em>read</em>: a form or a simple {@code fetch} of any
 * page still runs. Enforcement refuses such requests with 403. Those may act:
 *
 * <ul>
 *   <li>the server's own pages, as {@code Sec-Fetch-Site} says, or {@code Host} where a browser
 *       does not send it;
 *   <li>pages of {@linkplain CorsPolicy.Builder#trustOrigins trusted origins}, and of origins that
 *       are allowed with credentials;
 *   <li>pages of origins that are allowed without credentials, if the request carries none: no
 *       {@code Cookie}, no client certificate, and no {@code Authorization} but one that the policy
 *       lets pages write themselves ({@code allow_headers}), in a scheme that browsers never send
 *       on their own, such as {@code Bearer}.
 * </ul>
 *
 * <p>Requests that have neither {@code Origin} nor {@code Sec-Fetch-Site} come from no browser and
 * pass.
 */
public enum Enforcement {
  /**
   * The application runs, as the standard has it; a page that is not allowed cannot read the
   * response.
   */
  OFF,
  /**
   * Looks at requests that may change state, which are all but GET, HEAD, OPTIONS and QUERY, and at
   * WebSocket handshakes.
   */
  UNSAFE,
  /** Looks at every request but plain navigations by GET. */
  ALL;

  /** The name in a policy file, such as {@code unsafe}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
