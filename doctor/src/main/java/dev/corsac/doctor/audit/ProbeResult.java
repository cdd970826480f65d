package dev.corsac.doctor.audit;

import dev.corsac.browser.Headers;
import dev.corsac.browser.WireRequest;
import dev.corsac.browser.WireResponse;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request of an audit and the response to it.
 *
 * @param request the request
 * @param response null if the server sent none
 */
record ProbeResult(WireRequest request, @Nullable WireResponse response) {
  static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
  static final String ALLOW_CREDENTIALS = "Access-Control-Allow-Credentials";

  private static final Pattern LIFETIME =
      Pattern.compile("(?:s-maxage|max-age)\\s*=\\s*\"?0*[1-9].*");

  int status() {
    return response == null ? 0 : response.status();
  }

  boolean isOk() {
    return status() >= 200 && status() <= 299;
  }

  boolean isServerError() {
    return status() >= 500;
  }

  @Nullable String header(String name) {
    return allHeaders().get(name);
  }

  List<String> headers(String name) {
    return allHeaders().values(name);
  }

  /** The joined value, as browsers compare it; null if there is none. */
  @Nullable String allowOrigin() {
    return header(ALLOW_ORIGIN);
  }

  /** Whether that very origin may read it: {@code *} is another matter. */
  boolean allows(String origin) {
    return origin.equals(allowOrigin());
  }

  boolean allowsAny() {
    return allows("*");
  }

  boolean allowsCredentials() {
    return "true".equals(header(ALLOW_CREDENTIALS));
  }

  /** The elements of a list header, in lower case. */
  private Stream<String> list(String name) {
    return allHeaders().list(name).stream().map(element -> element.toLowerCase(Locale.ROOT));
  }

  boolean lists(String name, String element) {
    return allHeaders().lists(name, element);
  }

  boolean variesByOrigin() {
    return allHeaders().variesBy("Origin");
  }

  private Headers allHeaders() {
    return response == null ? Headers.of() : response.headers();
  }

  /** Whether it says by itself that a shared cache may keep it (RFC 9111, 5.2.2). */
  boolean isCacheable() {
    boolean forbidden = lists("Cache-Control", "no-store") || lists("Cache-Control", "private");
    return !forbidden
        && list("Cache-Control")
            .anyMatch(each -> each.equals("public") || LIFETIME.matcher(each).matches());
  }

  /** Whether a cache gave it: it has an age, or the cache says so by one of the usual headers. */
  boolean isFromCache() {
    String age = header("Age");
    return (age != null && age.strip().matches("\\d*[1-9]\\d*"))
        || Stream.of("X-Cache", "CF-Cache-Status", "X-Cache-Status", "Cache-Status")
            .flatMap(this::list)
            .anyMatch(each -> each.contains("hit"));
  }
}
