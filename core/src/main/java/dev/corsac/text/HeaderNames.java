package dev.corsac.text;

import java.util.Locale;

/** Which header a name is to the Fetch standard (section 2.2.2), in any case. */
public final class HeaderNames {
  /** Those by prefix apart. */
  private static final NameSet FORBIDDEN =
      NameSet.ofHeaders(
          "Accept-Charset",
          "Accept-Encoding",
          "Access-Control-Request-Headers",
          "Access-Control-Request-Method",
          "Access-Control-Request-Private-Network",
          "Connection",
          "Content-Length",
          "Cookie",
          "Cookie2",
          "Date",
          "DNT",
          "Expect",
          "Host",
          "Keep-Alive",
          "Origin",
          "Referer",
          "Set-Cookie",
          "TE",
          "Trailer",
          "Transfer-Encoding",
          "Upgrade",
          "Via");

  private static final NameSet OF_RESPONSES =
      NameSet.ofHeaders(
          "Access-Control-Allow-Origin",
          "Access-Control-Allow-Credentials",
          "Access-Control-Allow-Methods",
          "Access-Control-Allow-Headers",
          "Access-Control-Expose-Headers",
          "Access-Control-Max-Age",
          "Access-Control-Allow-Private-Network",
          "Vary",
          "ETag",
          "Location",
          "Server",
          "WWW-Authenticate",
          "Age",
          "Retry-After",
          "Allow",
          "Accept-Ranges",
          "Last-Modified",
          "Timing-Allow-Origin");

  private static final NameSet SAFELISTED_IN_RESPONSES =
      NameSet.ofHeaders(
          "Cache-Control",
          "Content-Language",
          "Content-Length",
          "Content-Type",
          "Expires",
          "Last-Modified",
          "Pragma");

  private static final NameSet FORBIDDEN_IN_RESPONSES =
      NameSet.ofHeaders("Set-Cookie", "Set-Cookie2");

  private HeaderNames() {}

  /** A forbidden request-header: a page cannot set it. */
  public static boolean isForbidden(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return FORBIDDEN.contains(name) || lower.startsWith("sec-") || lower.startsWith("proxy-");
  }

  /** A header that means something in a response alone. */
  public static boolean isOfResponses(String name) {
    return OF_RESPONSES.contains(name);
  }

  /** A forbidden response-header name: no page can read it. */
  public static boolean isForbiddenInResponses(String name) {
    return FORBIDDEN_IN_RESPONSES.contains(name);
  }

  /** A CORS-safelisted response-header name: every page can read it. */
  public static boolean isSafelistedInResponses(String name) {
    return SAFELISTED_IN_RESPONSES.contains(name);
  }
}
