package dev.corsac.lab.decoder;

import dev.corsac.browser.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page's request, as somebody wrote it down elsewhere.
 *
 * @param headers those that the page sets, without the browser's own
 * @param body null if there is none
 * @param isForm whether the body is what a form sends
 * @param credentials {@code omit}, {@code same-origin} or {@code include}
 * @param mode {@code cors}, {@code no-cors} or {@code same-origin}
 * @param origin the page's origin; null if nothing tells
 * @param dropped the names of headers that somebody wrote by hand, and that only the browser sets
 */
record PastedRequest(
    String url,
    String method,
    List<Header> headers,
    @Nullable String body,
    boolean isForm,
    String credentials,
    String mode,
    @Nullable String origin,
    List<String> dropped) {

  /** What a browser adds to any request, and "Disable cache" of its tools. */
  private static final Set<String> OF_BROWSER =
      Set.of(
          "accept-encoding",
          "connection",
          "content-length",
          "cookie",
          "dnt",
          "host",
          "origin",
          "priority",
          "referer",
          "te",
          "upgrade-insecure-requests",
          "user-agent");

  private static final Set<String> OF_TOOLS = Set.of("cache-control", "pragma");
  private static final Pattern ORIGIN = Pattern.compile("(https?://[^/?#]{1,300})([/?#].*)?");

  /** A call or command in the text; empty if it holds none. */
  static Optional<PastedRequest> in(String text) {
    Optional<PastedRequest> call = FetchCall.in(text);
    return call.isPresent() ? call : CurlCommand.in(text);
  }

  /**
   * Of header lines of which some are the browser's own.
   *
   * @param isCall whether it is a page's call: without what a browser's tools copy, each line is
   *     the page's
   */
  static PastedRequest of(
      String url,
      String method,
      List<Header> lines,
      @Nullable String body,
      boolean isForm,
      @Nullable String credentials,
      String mode,
      @Nullable String referrer,
      boolean isCall) {
    boolean ofPanel = lines.stream().anyMatch(line -> lower(line).startsWith("sec-"));
    List<Header> own = new ArrayList<>();
    List<String> dropped = new ArrayList<>();
    String origin = origin(referrer);
    boolean cookie = false;
    for (Header line : lines) {
      String name = lower(line);
      if (name.equals("origin")) {
        origin = line.value().equals("null") ? origin : line.value();
      } else if (name.equals("referer") && origin == null) {
        origin = origin(line.value());
      }
      cookie |= name.equals("cookie");
      if (isCall && !ofPanel && line.isForbiddenRequestHeader()) {
        dropped.add(line.name());
      }
      boolean ofBrowser =
          OF_BROWSER.contains(name)
              || name.startsWith("sec-")
              || name.startsWith("proxy-")
              || (ofPanel && OF_TOOLS.contains(name));
      if (!ofBrowser) {
        own.add(line);
      }
    }
    return new PastedRequest(
        url,
        method,
        List.copyOf(own),
        body,
        isForm,
        credentials != null ? credentials : cookie ? "include" : "same-origin",
        mode,
        origin,
        List.copyOf(dropped));
  }

  /** Scheme, host and port of a URL; null if it is not of http. */
  static @Nullable String origin(@Nullable String url) {
    Matcher matcher = ORIGIN.matcher(url == null ? "" : url);
    return matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : null;
  }

  /** Path and query of the URL. */
  String target() {
    Matcher matcher = ORIGIN.matcher(url);
    String rest = matcher.matches() && matcher.group(2) != null ? matcher.group(2) : "/";
    String path = rest.replaceFirst("#.*", "");
    return path.startsWith("/") ? path : "/" + path;
  }

  private static String lower(Header header) {
    return header.name().toLowerCase(Locale.ROOT);
  }
}
