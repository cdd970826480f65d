package dev.corsac.browser;

import dev.corsac.browser.url.Origin;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Which origins are of one site (https://html.spec.whatwg.org/#sites). */
final class Sites {
  private final UnaryOperator<String> registrableDomain;

  Sites(UnaryOperator<String> registrableDomain) {
    this.registrableDomain = registrableDomain;
  }

  /** https://html.spec.whatwg.org/#schemelessly-same-site. */
  boolean isSchemelesslySameSite(Origin a, Origin b) {
    String hostA = a.host();
    String hostB = b.host();
    if (hostA == null || hostB == null) {
      return a.isSameOrigin(b);
    }
    return hostA.equals(hostB)
        || registrableDomain.apply(hostA).equals(registrableDomain.apply(hostB));
  }

  /** https://html.spec.whatwg.org/#same-site. */
  boolean isSameSite(Origin a, Origin b) {
    return isSchemelesslySameSite(a, b) && Objects.equals(a.scheme(), b.scheme());
  }

  /** https://html.spec.whatwg.org/#obtain-a-site, serialised. */
  String site(Origin origin) {
    String host = origin.host();
    return host == null
        ? origin.toString()
        : origin.scheme() + "://" + registrableDomain.apply(host);
  }

  /** https://url.spec.whatwg.org/#host-public-suffix: one label more is all it takes. */
  boolean isPublicSuffix(String domain) {
    String below = "x." + domain;
    return registrableDomain.apply(below).equals(below);
  }

  /** Without a public-suffix list: the last two labels, or the whole of an address. */
  static String lastTwoLabels(String host) {
    boolean address = host.startsWith("[") || Character.isDigit(host.charAt(host.length() - 1));
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    int lastDot = name.lastIndexOf('.');
    int dot = lastDot < 0 ? -1 : name.lastIndexOf('.', lastDot - 1);
    return address || dot < 0 ? host : host.substring(dot + 1);
  }

  /** https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy, the part on hosts. */
  static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d+\\.\\d+\\.\\d+");
  }
}
