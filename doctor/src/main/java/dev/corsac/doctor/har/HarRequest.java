package dev.corsac.doctor.har;

import dev.corsac.browser.Header;
import dev.corsac.browser.PageRequest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** What the page asked for, as far as what the browser sent tells. */
final class HarRequest {
  private HarRequest() {}

  static PageRequest of(HarEntry entry, HarIndex index) {
    String url = entry.target();
    PageRequest request =
        switch (entry.type()) {
          case "xhr" -> PageRequest.xhr(url);
          case "font" -> PageRequest.font(url);
          case "eventsource" -> PageRequest.eventSource(url);
          default -> PageRequest.fetch(url);
        };
    Optional<HarEntry> preflight = preflight(entry, index);
    String method =
        entry.isPreflight()
            ? Objects.requireNonNullElse(entry.sent("Access-Control-Request-Method"), "GET")
            : entry.method();
    request = request.method(method);
    if (preflight.isPresent()) {
      for (String name : asked(preflight.get())) {
        request = request.header(name, value(entry, name));
      }
      return request;
    }
    for (Header header : entry.request()) {
      if (HarEntry.isOfPage(header)) {
        request = request.header(header.name(), header.value());
      }
    }
    return entry.contentType().isEmpty() || entry.request().contains("Content-Type")
        ? request
        : request.header("Content-Type", entry.contentType());
  }

  /** Cookies and what a browser answers a login prompt with; a token that the page sets is not. */
  static boolean hasCredentials(HarEntry entry, HarIndex index) {
    if (entry.hasCookies() || entry.request().contains("Cookie")) {
      return true;
    }
    String authorization = entry.sent("Authorization");
    if (authorization == null) {
      return false;
    }
    String scheme = authorization.toLowerCase(Locale.ROOT);
    boolean ofPage =
        preflight(entry, index).filter(each -> asked(each).contains("authorization")).isPresent();
    return !ofPage
        && List.of("basic ", "digest ", "negotiate", "ntlm").stream().anyMatch(scheme::startsWith);
  }

  private static Optional<HarEntry> preflight(HarEntry entry, HarIndex index) {
    return entry.isPreflight()
        ? Optional.of(entry)
        : index.preflightOf(entry.target(), entry.method(), entry.index());
  }

  private static List<String> asked(HarEntry preflight) {
    return preflight.request().list("Access-Control-Request-Headers").stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .limit(100)
        .toList();
  }

  /** Any value that needs a preflight will do where the true one was not recorded. */
  private static String value(HarEntry entry, String name) {
    String sent = entry.isPreflight() ? null : entry.sent(name);
    return sent != null ? sent : name.equals("content-type") ? "application/json" : "x";
  }
}
