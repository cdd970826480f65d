package dev.corsac.doctor.audit;

import dev.corsac.Origin;
import dev.corsac.PublicSuffixes;
import dev.corsac.doctor.problem.Hosts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Origins that are not an allowed one, but that a careless comparison takes for it. */
final class LookAlikes {
  /** What some browser takes in a host name (Chen et al., USENIX Security 2018). */
  private static final List<String> SPECIAL =
      List.of(
          "_", "-", "\"", "{", "}", "+", "^", "%60", "!", "~", "`", ";", "|", "&", "'", "(", ")",
          "*", ",", "$", "=", "%0b");

  private static final String MINE = "corsac-audit";
  private static final int MAX_LABEL = 63;

  private final Origin trusted;
  private final String scheme;
  private final String host;
  private final String port;
  private final String anyPort;
  private final List<Probe> probes = new ArrayList<>();

  private LookAlikes(Origin trusted) {
    this.trusted = trusted;
    this.scheme = trusted.scheme() + "://";
    this.host = trusted.host();
    this.port = trusted.toString().substring(scheme.length() + host.length());
    this.anyPort = scheme + host + (port.equals(":54321") ? ":54322" : ":54321");
  }

  static List<Probe> of(Origin trusted) {
    LookAlikes made = new LookAlikes(trusted);
    made.parts();
    if (!Hosts.isAddress(made.host) && made.host.contains(".")) {
      made.names();
    }
    made.texts();
    return List.copyOf(made.probes);
  }

  private void add(Check check, String origin, String... unless) {
    if (!origin.equals(trusted.toString())) {
      probes.add(new Probe(check, origin).unless(unless));
    }
  }

  /** Scheme, host and port, each replaced or continued. */
  private void parts() {
    add(Check.ORIGIN_PREFIX, scheme + host + "." + Probe.EVIL_HOST + port);
    if (!port.isEmpty() && port.length() <= 5) {
      add(Check.ORIGIN_PREFIX, trusted + "0", anyPort);
    }
    add(Check.ORIGIN_SUBSTRING, scheme + MINE + host + "." + Probe.EVIL_HOST);
    if (trusted.scheme().equals("https")) {
      add(Check.INSECURE_ORIGIN, "http://" + host + port);
    }
    add(Check.ANY_PORT, anyPort);
    add(Check.ANY_SCHEME, MINE + "://" + host + port);
  }

  /** Other names that have something in common with it. */
  private void names() {
    String site = PublicSuffixes.registrableDomain(host);
    String siteSubdomain = scheme + MINE + "." + site + port;
    add(Check.ORIGIN_SUFFIX, scheme + MINE + site + port);
    if (!site.equals(host)) {
      add(Check.ORIGIN_SUFFIX, scheme + MINE + host + port, siteSubdomain);
    }
    add(Check.ANY_SUBDOMAIN, siteSubdomain);
    add(Check.ANY_SUBDOMAIN, scheme + MINE + "." + host + port);
    int dot = site.indexOf('.');
    if (dot > 0) {
      String below = site.substring(dot) + port;
      add(Check.PUBLIC_SUFFIX, scheme + MINE + below);
      if (dot + MINE.length() < MAX_LABEL) {
        add(
            Check.PUBLIC_SUFFIX,
            scheme + site.substring(0, dot) + "-" + MINE + below,
            scheme + host + "." + Probe.EVIL_HOST + port);
      }
    }
    // A name that ends with another top-level domain is nobody's to register.
    IntStream.range(0, host.lastIndexOf('.'))
        .filter(i -> host.charAt(i) == '.')
        .mapToObj(i -> host.substring(0, i) + "x" + host.substring(i + 1))
        .filter(other -> !PublicSuffixes.registrableDomain(other).equals(site))
        .forEach(other -> add(Check.UNESCAPED_DOT, scheme + other + port));
  }

  /** What no browser sends, or only some. */
  private void texts() {
    String origin = trusted.toString();
    for (String separator : List.of(" ", ",", ", ")) {
      add(Check.ORIGIN_LIST, Probe.EVIL + separator + origin);
      add(Check.ORIGIN_LIST, origin + separator + Probe.EVIL);
    }
    add(Check.ORIGIN_USER_INFO, scheme + host + "@" + Probe.EVIL_HOST);
    add(Check.ORIGIN_USER_INFO, Probe.EVIL + "@" + host + port);
    if (!Hosts.isAddress(host)) {
      String site = PublicSuffixes.registrableDomain(host);
      for (String mark : List.of("/", "#", "?", "\\")) {
        add(Check.ORIGIN_PATH, Probe.EVIL + mark + "." + site + port);
      }
      add(Check.ORIGIN_PATH, scheme + "." + site + port);
    }
    add(Check.ORIGIN_SPELLING, origin.toUpperCase(Locale.ROOT));
    add(Check.ORIGIN_SPELLING, origin + "/");
    if (port.isEmpty() && trusted.port() > 0) {
      add(Check.ORIGIN_SPELLING, origin + ":" + trusted.port(), anyPort);
    }
    for (String special : SPECIAL) {
      add(
          Check.SPECIAL_CHARACTERS,
          scheme + host + special + "." + Probe.EVIL_HOST,
          special.equals(",") ? new String[] {origin + "," + Probe.EVIL} : new String[0]);
    }
  }
}
