package dev.corsac.benchmarks;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** What a filter has to do before anybody asks how long it takes. */
final class FilterBehaviour {
  private static final String APP = "https://app.invalid";

  /** What has an effect on the response to any request. */
  private static final List<String> SET_AHEAD =
      List.of("Access-Control-Allow-Origin", "Access-Control-Allow-Credentials");

  private static final Set<String> GUARDING = Set.of("corsac", "hand-written");

  private final Filter filter;

  FilterBehaviour(Filter filter) {
    this.filter = filter;
  }

  /**
   * Throws if a filter lets a page read that may not, or keeps one off that may; of those that
   * guard, also if an application can change what they set.
   */
  void check(String name, String origin) throws Exception {
    if (name.equals("none")) {
      return;
    }
    String grant = "| Access-Control-Allow-Origin: " + origin;
    expect(true, grant, get(origin), response -> {});
    expect(false, "Access-Control-Allow-Origin", get("https://evil.example.org"), response -> {});
    expect(true, grant, preflight(origin), response -> {});
    expect(true, "Access-Control-Allow-Methods", preflight(origin), response -> {});
    if (!GUARDING.contains(name)) {
      return;
    }
    expect(false, "Access-Control", twice(origin), response -> {});
    Exchange get = get(origin);
    expect(true, "Vary: Origin", new Exchange("GET"), response -> {});
    expect(true, grant, get, HttpServletResponse::reset);
    expect(true, "Vary: Origin", get, HttpServletResponse::reset);
    expect(true, grant, get, response -> response.setHeader("Access-Control-Allow-Origin", APP));
    expect(false, APP, get, response -> response.setHeader("access-control-allow-origin", APP));
    expect(false, APP, get, response -> response.addHeader("Access-Control-Allow-Origin", APP));
    expect(false, ": 5", get, response -> response.setIntHeader("Access-Control-Max-Age", 5));
    expect(true, "Vary: Origin", get, response -> response.setHeader("Vary", "Accept"));
    expect(true, "Vary: Accept", get, response -> response.addHeader("vary", "Accept"));
    expect(true, "Vary: Origin", get, response -> response.addHeader("vary", "Accept"));
    for (Exchange exchange : List.of(get, preflight(origin), get("https://evil.example.org"))) {
      for (String header : SET_AHEAD) {
        MemoryResponse response = new MemoryResponse();
        response.setHeader(header, APP);
        expect(false, APP, exchange, response, each -> {});
      }
    }
  }

  private void expect(
      boolean there, String header, Exchange exchange, Consumer<HttpServletResponse> application)
      throws Exception {
    expect(there, header, exchange, new MemoryResponse(), application);
  }

  private void expect(
      boolean there,
      String header,
      Exchange exchange,
      MemoryResponse response,
      Consumer<HttpServletResponse> application)
      throws Exception {
    FilterChain chain = (received, given) -> application.accept((HttpServletResponse) given);
    filter.doFilter(new MemoryRequest(exchange), response, chain);
    if (response.head().toLowerCase(Locale.ROOT).contains(header.toLowerCase(Locale.ROOT))
        != there) {
      throw new IllegalStateException(
          (there ? "missing: " : "not expected: ") + header + " in " + response.head());
    }
  }

  private static Exchange get(String origin) {
    return new Exchange("GET", "Host", "api.example.com", "Origin", origin);
  }

  private static Exchange twice(String origin) {
    return new Exchange("GET", "Host", "api.example.com", "Origin", origin, "Origin", origin);
  }

  private static Exchange preflight(String origin) {
    return new Exchange(
        "OPTIONS",
        "Host",
        "api.example.com",
        "Origin",
        origin,
        "Access-Control-Request-Method",
        "PUT");
  }
}
