package dev.corsac.browser.url;

import java.io.ByteArrayOutputStream;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A parsed URL, as the URL standard's URL record (https://url.spec.whatwg.org/#concept-url).
 *
 * <p>Paths are kept serialised: nothing in the Fetch standard's CORS protocol looks at a segment.
 */
public final class Url {
  private static final Set<Integer> BAD_PORTS =
      Set.of(
          0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95,
          101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179,
          389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601,
          636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566,
          6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080);

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
  public static @Nullable Url parse(String input) {
    return parse(input, null, UrlRules.STANDARD);
  }

  /** The URL of the text relative to a base, or null where the URL standard says failure. */
  public static @Nullable Url parse(String input, Url base) {
    return parse(input, base, UrlRules.STANDARD);
  }

  /** The URL of the text, relative to the base if there is one, or null where the rules fail. */
  public static @Nullable Url parse(String input, @Nullable Url base, UrlRules rules) {
    return new UrlParser(rules).parse(input, base);
  }

  public static boolean isSpecial(String scheme) {
    return defaultPort(scheme) != -1 || scheme.equals("file");
  }

  public static int defaultPort(String scheme) {
    return switch (scheme) {
      case "http", "ws" -> 80;
      case "https", "wss" -> 443;
      case "ftp" -> 21;
      default -> -1;
    };
  }

  public String scheme() {
    return scheme;
  }

  public String username() {
    return username;
  }

  public String password() {
    return password;
  }

  public @Nullable String host() {
    return host;
  }

  /** The port, or -1 for the default port of the scheme. */
  public int port() {
    return port;
  }

  public int portOrDefault() {
    return port == -1 ? defaultPort(scheme) : port;
  }

  public String path() {
    return path;
  }

  public boolean hasOpaquePath() {
    return opaquePath;
  }

  public @Nullable String query() {
    return query;
  }

  public @Nullable String fragment() {
    return fragment;
  }

  /** https://url.spec.whatwg.org/#concept-url-origin. */
  public Origin origin() {
    return origin;
  }

  /** "HTTP(S) scheme", https://fetch.spec.whatwg.org/#http-scheme. */
  public boolean isHttp() {
    return scheme.equals("http") || scheme.equals("https");
  }

  /** https://fetch.spec.whatwg.org/#block-bad-port. */
  public boolean hasBadPort() {
    return isHttp() && BAD_PORTS.contains(portOrDefault());
  }

  /** https://url.spec.whatwg.org/#include-credentials. */
  public boolean includesCredentials() {
    return !username.isEmpty() || !password.isEmpty();
  }

  public Url withFragment(@Nullable String newFragment) {
    return new Url(scheme, username, password, host, port, path, opaquePath, query, newFragment);
  }

  /** The same URL with another scheme, for requests that are upgraded. */
  public Url withScheme(String newScheme) {
    return new Url(newScheme, username, password, host, port, path, opaquePath, query, fragment);
  }

  /** Whether the host is an address rather than a name. */
  public boolean hasAddress() {
    return host != null && (host.startsWith("[") || host.matches("\\d+(\\.\\d+){3}"));
  }

  public Url withoutCredentials() {
    return new Url(scheme, "", "", host, port, path, opaquePath, query, fragment);
  }

  /** The same URL with another path, for network stacks that rewrite it. */
  public Url withPath(String newPath) {
    return new Url(scheme, username, password, host, port, newPath, opaquePath, query, fragment);
  }

  /** What goes after the method on an HTTP/1.1 request line. */
  public String requestTarget() {
    String target = path.isEmpty() ? "/" : path;
    return query == null ? target : target + "?" + query;
  }

  /** What goes into the {@code Host} header. */
  public String authority() {
    return port == -1 ? Objects.requireNonNullElse(host, "") : host + ":" + port;
  }

  /** The serialisation without user name, password and fragment: what a server sees of a URL. */
  public String seenByServer() {
    return serialize(false, false);
  }

  /** The serialisation without the fragment. */
  public String withoutFragment() {
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

  /** https://url.spec.whatwg.org/#string-percent-decode. */
  public static byte[] percentDecode(String text) {
    byte[] bytes = Utf8.encode(text);
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
