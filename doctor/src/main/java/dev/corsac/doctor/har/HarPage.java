package dev.corsac.doctor.har;

import dev.corsac.browser.Page;
import dev.corsac.browser.PageContext;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Who made a recorded request: its Origin says, else the script that made it, if that is an
 * extension's, else its Referer, else the page's title.
 *
 * @param page the page, as the browser's model knows pages
 * @param origin its origin, as the browser sends it
 */
record HarPage(Page page, String origin) {
  /** What stands in for an origin that is none of http or https: extensions and apps have such. */
  private static final String STAND_IN = "http://page.invalid";

  static Optional<HarPage> of(Har har, HarEntry entry) {
    String origin = entry.sent("Origin");
    if (origin != null && origin.equals("null")) {
      return Optional.of(new HarPage(Page.opaque(PageContext.SANDBOXED_IFRAME), "null"));
    }
    return page(Objects.requireNonNullElse(origin, ""))
        .or(() -> page(entry.initiator()).filter(HarPage::isOfExtension))
        .or(() -> page(Objects.requireNonNullElse(entry.sent("Referer"), "")))
        .or(() -> page(har.pageOf(entry)));
  }

  /** Whether it is an extension's, which may read what its manifest names without CORS. */
  boolean isOfExtension() {
    return scheme().endsWith("-extension");
  }

  private String scheme() {
    int end = origin.indexOf(':');
    return end < 0 ? "" : origin.substring(0, end).toLowerCase(Locale.ROOT);
  }

  /** Whether a URL is of another origin than this page. */
  boolean isForeign(String url) {
    return !url.equals(origin) && !url.startsWith(origin + "/") && !url.startsWith(origin + "?");
  }

  private static Optional<HarPage> page(String url) {
    int host = url.indexOf("://");
    if (host < 1 || url.startsWith("file:") || url.startsWith("blob:")) {
      return Optional.empty();
    }
    int end = host + 3;
    while (end < url.length() && "/?# ".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    String origin = url.substring(0, end);
    try {
      Page page = Page.of(url.startsWith("http") ? origin : STAND_IN);
      return Optional.of(new HarPage(page, url.startsWith("http") ? page.origin() : origin));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
