package dev.corsac.doctor.har;

import dev.corsac.browser.Page;
import dev.corsac.browser.PageContext;
import java.util.Objects;
import java.util.Optional;

/** Who made a recorded request: its Origin says, else its Referer, else the page's title. */
final class HarPage {
  private HarPage() {}

  static Optional<Page> of(Har har, HarEntry entry) {
    String origin = entry.sent("Origin");
    if (origin != null && origin.equals("null")) {
      return Optional.of(Page.opaque(PageContext.SANDBOXED_IFRAME));
    }
    return page(Objects.requireNonNullElse(origin, ""))
        .or(() -> page(Objects.requireNonNullElse(entry.sent("Referer"), "")))
        .or(() -> page(har.pageOf(entry)));
  }

  private static Optional<Page> page(String url) {
    int host = url.indexOf("://");
    if (!url.startsWith("http") || host < 0) {
      return Optional.empty();
    }
    int end = host + 3;
    while (end < url.length() && "/?# ".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    try {
      return Optional.of(Page.of(url.substring(0, end)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
