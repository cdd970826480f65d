package dev.corsac.browser.url;

import org.jspecify.annotations.Nullable;

/**
 * An origin of the HTML standard (https://html.spec.whatwg.org/#concept-origin): a tuple of scheme,
 * host and port, or opaque. Two opaque origins are the same only if they are one object.
 */
public final class Origin {
  private final @Nullable String scheme;
  private final @Nullable String host;
  private final String serialized;

  private Origin(@Nullable String scheme, @Nullable String host, String serialized) {
    this.scheme = scheme;
    this.host = host;
    this.serialized = serialized;
  }

  public static Origin tuple(String scheme, String host, int port) {
    String suffix = port == Url.defaultPort(scheme) || port == -1 ? "" : ":" + port;
    return new Origin(scheme, host, scheme + "://" + host + suffix);
  }

  public static Origin opaque() {
    return new Origin(null, null, "null");
  }

  public boolean isOpaque() {
    return scheme == null;
  }

  public @Nullable String scheme() {
    return scheme;
  }

  public @Nullable String host() {
    return host;
  }

  /** https://html.spec.whatwg.org/#same-origin. */
  public boolean isSameOrigin(Origin other) {
    return this == other
        || (!isOpaque() && !other.isOpaque() && serialized.equals(other.serialized));
  }

  /** https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin. */
  @Override
  public String toString() {
    return serialized;
  }
}
