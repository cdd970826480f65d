package dev.corsac;

import dev.corsac.finding.PolicyRule;
import dev.corsac.finding.SettingPath;
import dev.corsac.origin.IpAddress;
import dev.corsac.origin.OriginSyntax;
import java.util.Objects;
import java.util.Optional;

/**
 * A tuple origin: scheme, host and port, as a browser sends it in {@code Origin} (RFC 6454, URL
 * section 4.5).
 *
 * <p>Two origins are the same if all three are equal: {@code http://localhost:3000} and {@code
 * http://localhost:3001} are different, and so are {@code http://example.com} and {@code
 * https://example.com}. The opaque origin {@code null} is none of these.
 *
 * <pre>
 * permitted    https://example.com   http://localhost:3000   https://[2001:db8::1]:8443   capacitor://localhost
 *              https://example.com.   app://.   qrc://
 * prohibited   https://example.com/  (a path)                https://EXAMPLE.com   (upper case)
 *              https://example.com:443  (the default port)   https://münchen.example   (write xn--mnchen-3ya.example)
 *              example.com   (no scheme)                     null   (no tuple)
 * </pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param scheme the scheme in lower case, such as {@code https}
 * @param host a domain in ASCII and lower case, a dotted-quad IPv4 address, or a compressed IPv6
 *     address in brackets; a dot at a domain's end makes another host. Under other schemes than
 *     http and https a host keeps its case, and may be empty or a dot
 * @param port the port, the scheme's default one included; -1 if there is none and the scheme has
 *     no default
 */
public record Origin(String scheme, String host, int port) {

  /**
   * Makes an origin of its three parts.
   *
   * @throws IllegalArgumentException if a part is not in the form that browsers send; the message
   *     says which form that is
   */
  public Origin {
    Objects.requireNonNull(scheme, "scheme");
    Objects.requireNonNull(host, "host");
    String text = serialise(scheme, host, port);
    PolicyRule broken = OriginSyntax.check(text, false);
    if (broken != null) {
      throw new IllegalArgumentException(
          OriginAdvice.finding(broken, text, SettingPath.of("origin")).toString());
    }
  }

  /**
   * Parses a serialised origin.
   *
   * @throws IllegalArgumentException if the text is not exactly what a browser would send; the
   *     message says what to write
   */
  public static Origin parse(String text) {
    PolicyRule broken = OriginSyntax.check(text, false);
    if (broken != null) {
      throw new IllegalArgumentException(
          OriginAdvice.finding(broken, text, SettingPath.of("origin")).toString());
    }
    int hostStart = text.indexOf("://") + 3;
    int hostEnd = OriginSyntax.hostEnd(text, hostStart);
    int port =
        hostEnd == text.length()
            ? OriginSyntax.defaultPort(text)
            : Integer.parseInt(text.substring(hostEnd + 1));
    return new Origin(text.substring(0, hostStart - 3), text.substring(hostStart, hostEnd), port);
  }

  /** Parses a serialised origin; empty for everything else, {@code null} included. */
  public static Optional<Origin> tryParse(String text) {
    return OriginSyntax.isSerialised(text) ? Optional.of(parse(text)) : Optional.empty();
  }

  /**
   * The site: scheme and {@linkplain PublicSuffixes#registrableDomain registrable domain}, such as
   * {@code https://example.com} for {@code https://app.example.com:8443}. Two origins are same site
   * if their sites are equal (HTML, sites).
   */
  public String site() {
    return scheme + "://" + PublicSuffixes.registrableDomain(host);
  }

  /**
   * Whether the host is this very machine, whatever DNS says: {@code localhost}, a name below it,
   * an address in 127.0.0.0/8, or {@code [::1]} (Secure Contexts, potentially trustworthy origins).
   */
  public boolean isLoopback() {
    return isLoopback(host);
  }

  static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("[::1]")
        || (host.startsWith("127.") && IpAddress.isSerialisedIpv4(host, 0, host.length()));
  }

  /** The serialisation: {@code scheme://host}, with the port only if it is not the default one. */
  @Override
  public String toString() {
    return serialise(scheme, host, port);
  }

  private static String serialise(String scheme, String host, int port) {
    String start = scheme + "://" + host;
    return port == -1 || port == OriginSyntax.defaultPort(start) ? start : start + ":" + port;
  }
}
