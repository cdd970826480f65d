package dev.corsac;

import dev.corsac.origin.IpAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * The public suffix list: domains under which anyone can register a name.
 *
 * <p>Read from the jar on first use: by a policy when it is built with a subdomain pattern, and
 * never at request time. Thread-safe.
 *
 * <p>An origin's own site is {@link Origin#site}. This is for whoever judges names that are no
 * origin yet, such as those that a regular expression accepts, by the list that policies go by.
 *
 * @see <a href="https://github.com/publicsuffix/list/wiki/Format">The list's format and
 *     algorithm</a>
 */
public final class PublicSuffixes {
  private static final String RESOURCE = "public-suffix-list.dat";

  private final Set<String> rules = new HashSet<>();
  private final Set<String> wildcards = new HashSet<>();
  private final Set<String> exceptions = new HashSet<>();

  private PublicSuffixes() {
    try (InputStream stream = PublicSuffixes.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException("corsac-core is incomplete: it lacks " + RESOURCE);
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      reader.lines().map(String::strip).forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String line) {
    if (line.isEmpty() || line.startsWith("//")) {
      return;
    }
    if (line.startsWith("!")) {
      exceptions.add(toAscii(line.substring(1)));
    } else if (line.startsWith("*.")) {
      wildcards.add(toAscii(line.substring(2)));
    } else {
      rules.add(toAscii(line));
    }
  }

  private static String toAscii(String domain) {
    return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED);
  }

  /**
   * Whether a domain in ASCII and lower case, without a dot at its end, is a public suffix; one
   * label that is not on the list counts as one.
   */
  public static boolean contains(String domain) {
    PublicSuffixes list = Holder.LIST;
    int dot = domain.indexOf('.');
    if (dot < 0 || list.rules.contains(domain)) {
      return true;
    }
    return list.wildcards.contains(domain.substring(dot + 1)) && !list.exceptions.contains(domain);
  }

  /**
   * The registrable domain of a host: the public suffix and one label more, by which browsers tell
   * sites apart (HTML, sites).
   *
   * <pre>
   * app.example.co.uk   example.co.uk
   * alice.github.io     alice.github.io
   * co.uk, localhost    the host itself: there is no label more
   * 127.0.0.1, [::1]    the host itself: an address has no parts
   * example.com.        example.com.: a dot at the end stays
   * </pre>
   *
   * @param host a domain in ASCII and lower case, or an address, as in an {@link Origin}
   */
  public static String registrableDomain(String host) {
    return host.endsWith(".")
        ? withoutDot(host.substring(0, host.length() - 1)) + "."
        : withoutDot(host);
  }

  private static String withoutDot(String host) {
    if (host.startsWith("[") || IpAddress.endsInNumber(host, 0, host.length())) {
      return host;
    }
    String domain = host;
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      String parent = host.substring(dot + 1);
      if (Holder.LIST.exceptions.contains(domain)) {
        return domain;
      }
      if (contains(parent)) {
        return contains(domain) ? host : domain;
      }
      domain = parent;
    }
    return host;
  }

  private static final class Holder {
    static final PublicSuffixes LIST = new PublicSuffixes();
  }
}
