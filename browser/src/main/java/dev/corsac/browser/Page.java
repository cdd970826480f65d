package dev.corsac.browser;

import dev.corsac.browser.url.Origin;
import dev.corsac.browser.url.Url;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: the page (or worker) whose JavaScript makes a request.
 *
 * <p>Permitted: {@code Page.of("https://app.example.com")}, {@code Page.of("http://[::1]:3000")},
 * {@code Page.of("capacitor://localhost")} and other schemes of apps and extensions, {@code
 * Page.opaque(PageContext.SANDBOXED_IFRAME)}. Prohibited: an origin with a path, or without a
 * scheme.
 *
 * <p>Two pages are two environments: an opaque origin is the same only within one page. Immutable
 * and thread-safe. https://html.spec.whatwg.org/#environment-settings-object.
 */
public final class Page {
  private final Origin origin;
  private final PageContext context;
  private final boolean securelyEmbedded;
  private final Headers headers;

  private Page(Origin origin, PageContext context, boolean securelyEmbedded, Headers headers) {
    this.securelyEmbedded = securelyEmbedded;
    this.origin = origin;
    this.context = context;
    this.headers = headers;
  }

  /** A document of this origin. */
  public static Page of(String origin) {
    return of(origin, PageContext.DOCUMENT);
  }

  /**
   * An environment of this kind and origin; for kinds with an opaque origin use {@link #opaque}.
   */
  public static Page of(String origin, PageContext context) {
    Objects.requireNonNull(context, "context");
    if (context.hasOpaqueOrigin()) {
      throw new IllegalArgumentException(
          context
              + " has an opaque origin, not '"
              + origin
              + "'. Use Page.opaque("
              + context
              + ").");
    }
    Url url = Url.parse(origin);
    Origin tuple = url == null ? Origin.opaque() : tuple(url);
    if (url == null || tuple.isOpaque()) {
      throw new IllegalArgumentException(
          "'"
              + origin
              + "' is not an origin: a scheme, a host and maybe a port, such as"
              + " https://app.example.com or http://localhost:3000. Write one of that form.");
    }
    boolean more = !url.path().isEmpty() && !url.path().equals("/");
    if (more || url.query() != null || url.includesCredentials()) {
      throw new IllegalArgumentException(
          "'" + origin + "' says more than an origin. Write '" + tuple + "'.");
    }
    return new Page(tuple, context, false, Headers.of());
  }

  /**
   * The origin of a page at this URL. Apps and extensions register their schemes, so that their
   * pages have an origin that servers can allow; a file has none.
   */
  private static Origin tuple(Url url) {
    String host = url.host();
    if (host == null || host.isEmpty() || url.scheme().equals("file")) {
      return url.origin();
    }
    return Origin.tuple(url.scheme(), host, url.portOrDefault());
  }

  /** An environment of this kind, whose origin is opaque and is sent as {@code null}. */
  public static Page opaque(PageContext context) {
    if (!context.hasOpaqueOrigin()) {
      throw new IllegalArgumentException(
          context + " has the origin of a page. Use Page.of(origin, " + context + ").");
    }
    return new Page(Origin.opaque(), context, false, Headers.of());
  }

  /** This page, answered with these headers ({@code Content-Security-Policy} and so on). */
  public Page withHeaders(Headers newHeaders) {
    return new Page(
        origin, context, securelyEmbedded, Objects.requireNonNull(newHeaders, "newHeaders"));
  }

  /**
   * This page, in a frame of a page of that origin, or come from there. What a page may ask for
   * depends on it: in an https page no frame, of whatever origin, gets plain http.
   *
   * @throws IllegalArgumentException if it is not an origin
   */
  public Page within(String embedder) {
    boolean secure = of(embedder).prohibitsMixedContent();
    return new Page(origin, context, securelyEmbedded || secure, headers);
  }

  /** The serialised origin, {@code null} if it is opaque. */
  public String origin() {
    return origin.toString();
  }

  /** The kind of environment. */
  public PageContext context() {
    return context;
  }

  /** The headers the page came with. The model does not look at them: see {@link Browser}. */
  public Headers headers() {
    return headers;
  }

  /**
   * Whether it, or what it is {@linkplain #within within}, was reached securely, so that requests
   * to plain http are mixed content.
   */
  public boolean prohibitsMixedContent() {
    return securelyEmbedded || "https".equals(origin.scheme());
  }

  Origin originValue() {
    return origin;
  }

  /** The URL relative URLs are resolved against. */
  @Nullable Url baseUrl() {
    return origin.isOpaque() ? null : Url.parse(origin.toString());
  }

  @Override
  public String toString() {
    return context + " of " + origin;
  }
}
