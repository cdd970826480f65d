package dev.corsac.browser;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A parsed URL, as the URL standard's URL record (https://url.spec.whatwg.org/#concept-url).
 *
 * <p>Paths are kept serialised: nothing in the Fetch standard's CORS protocol looks at a segment.
 */
final class Url {
  private final String scheme;
  private final String username;
  private final String password;
  private final @Nullable String host;
  private final int port;
  private final String path;
  private final boolean opaquePath;
  private final @Nullable String query;
  private final @Nullable String fragment;
  private final Origin origin;

  Url(
      String scheme,
      String username,
      String password,
      @Nullable String host,
      int port,
      String path,
      boolean opaquePath,
      @Nullable String query,
      @Nullable String fragment) {
    this.scheme = scheme;
    this.username = username;
    this.password = password;
    this.host = host;
    this.port = port;
    this.path = path;
    this.opaquePath = opaquePath;
    this.query = query;
    this.fragment = fragment;
    this.origin =
        host != null && isSpecial(scheme) && !scheme.equals("file")
            ? Origin.tuple(scheme, host, port == -1 ? defaultPort(scheme) : port)
            : Origin.opaque();
  }

  /** The URL of the text, or null where the URL standard says failure. */
  static @Nullable Url parse(String input) {
    return UrlParser.parse(input, null);
  }

  /** The URL of the text against a base, or null where the URL standard says failure. */
  static @Nullable Url parse(String input, Url base) {
    return UrlParser.parse(input, base);
  }

  static boolean isSpecial(String scheme) {
    return defaultPort(scheme) != -1 || scheme.equals("file");
  }

  static int defaultPort(String scheme) {
    return switch (scheme) {
      case "http", "ws" -> 80;
      case "https", "wss" -> 443;
      case "ftp" -> 21;
      default -> -1;
    };
  }

  String scheme() {
    return scheme;
  }

  String username() {
    return username;
  }

  String password() {
    return password;
  }

  @Nullable String host() {
    return host;
  }

  /** The port, or -1 for the default port of the scheme. */
  int port() {
    return port;
  }

  int portOrDefault() {
    return port == -1 ? defaultPort(scheme) : port;
  }

  String path() {
    return path;
  }

  boolean hasOpaquePath() {
    return opaquePath;
  }

  @Nullable String query() {
    return query;
  }

  @Nullable String fragment() {
    return fragment;
  }

  /** https://url.spec.whatwg.org/#concept-url-origin. */
  Origin origin() {
    return origin;
  }

  /** "HTTP(S) scheme", https://fetch.spec.whatwg.org/#http-scheme. */
  boolean isHttp() {
    return scheme.equals("http") || scheme.equals("https");
  }

  /** https://url.spec.whatwg.org/#include-credentials. */
  boolean includesCredentials() {
    return !username.isEmpty() || !password.isEmpty();
  }

  Url withFragment(@Nullable String newFragment) {
    return new Url(scheme, username, password, host, port, path, opaquePath, query, newFragment);
  }

  /** The same URL with another path, for network stacks that rewrite it. */
  Url withPath(String newPath) {
    return new Url(scheme, username, password, host, port, newPath, opaquePath, query, fragment);
  }

  /** What goes after the method on an HTTP/1.1 request line. */
  String requestTarget() {
    String target = path.isEmpty() ? "/" : path;
    return query == null ? target : target + "?" + query;
  }

  /** What goes into the {@code Host} header. */
  String authority() {
    return port == -1 ? Objects.requireNonNullElse(host, "") : host + ":" + port;
  }

  /** The serialisation without user name, password and fragment: what a server sees of a URL. */
  String seenByServer() {
    return serialize(false, false);
  }

  /** The serialisation without the fragment. */
  String withoutFragment() {
    return serialize(true, false);
  }

  /** https://url.spec.whatwg.org/#concept-url-serializer. */
  @Override
  public String toString() {
    return serialize(true, true);
  }

  private String serialize(boolean credentials, boolean withFragment) {
    StringBuilder out = new StringBuilder(scheme).append(':');
    if (host != null) {
      out.append("//");
      if (credentials && includesCredentials()) {
        out.append(username);
        if (!password.isEmpty()) {
          out.append(':').append(password);
        }
        out.append('@');
      }
      out.append(host);
      if (port != -1) {
        out.append(':').append(port);
      }
    }
    out.append(path);
    if (query != null) {
      out.append('?').append(query);
    }
    if (withFragment && fragment != null) {
      out.append('#').append(fragment);
    }
    return out.toString();
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** https://url.spec.whatwg.org/#string-percent-decode. */
  static byte[] percentDecode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (bytes[i] == '%' && high >= 0 && low >= 0) {
        out.write(high * 16 + low);
        i += 2;
      } else {
        out.write(bytes[i]);
      }
    }
    return out.toByteArray();
  }
}
