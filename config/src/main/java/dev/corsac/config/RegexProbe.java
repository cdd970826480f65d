package dev.corsac.config;

import com.google.re2j.Pattern;
import dev.corsac.CorsPolicy;
import dev.corsac.Origin;
import dev.corsac.Rule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks a regular expression about origins: those it was written for, and an attacker's. */
final class RegexProbe {
  private static final String EVIL = "evil";
  private static final int MOST_DOMAINS = 100;

  private static final List<String> STRANGERS =
      List.of(
          "https://evil.example",
          "https://evil.com",
          "https://evil.net",
          "https://evil.org",
          "https://evil.io",
          "https://evil.dev",
          "https://evil.app",
          "https://evil.co.uk",
          "https://www.evil.com",
          "https://evil.example:8443",
          "http://evil.example",
          "http://evil.com",
          "http://evil.com:8080");

  private final Pattern pattern;
  private final Set<Origin> matched = new LinkedHashSet<>();

  RegexProbe(Pattern pattern, String regex) {
    this.pattern = pattern;
    Set<String> domains = new LinkedHashSet<>();
    for (String sample : RegexSamples.of(regex).texts()) {
      ask(sample);
      ask(sample.toLowerCase(Locale.ROOT));
      if (sample.startsWith("https:")) {
        ask("http" + sample.substring(5));
      }
      addDomains(sample.replaceFirst("^.*?://", ""), domains);
    }
    for (String domain : domains) {
      for (String scheme : List.of("https://", "http://")) {
        for (String below : List.of("", "a.", "a.b.")) {
          ask(scheme + below + domain);
          ask(scheme + below + domain + ":8080");
        }
      }
    }
  }

  /** Adds the host's domain and those above it, but for the last label. */
  private static void addDomains(String host, Set<String> domains) {
    String domain = host.replaceFirst("[:/].*", "");
    while (domain.indexOf('.') >= 0 && domains.size() < MOST_DOMAINS) {
      if (!domain.startsWith(".")) {
        domains.add(domain);
      }
      domain = domain.substring(domain.indexOf('.') + 1);
    }
  }

  private void ask(String text) {
    if (pattern.matches(text)) {
      Origin.tryParse(text).ifPresent(matched::add);
    }
  }

  private boolean matches(String origin) {
    return Origin.tryParse(origin).isPresent() && pattern.matches(origin);
  }

  boolean matchesAnOrigin() {
    return !matched.isEmpty() || stranger().isPresent();
  }

  /** An origin that it lets in and that anyone can have. */
  Optional<String> stranger() {
    Stream<String> lookAlikes = matched.stream().flatMap(this::lookAlikes);
    return Stream.concat(STRANGERS.stream(), lookAlikes).filter(this::matches).findFirst();
  }

  private Stream<String> lookAlikes(Origin origin) {
    String registered = registered(origin.host());
    if (registered == null) {
      return Stream.of();
    }
    int end = registered.indexOf('.');
    Stream.Builder<String> all = Stream.builder();
    for (String after :
        List.of(".evil.example", "evil.example", ".evil.com", "evil.com", "-evil.com")) {
      all.add(with(origin, origin.host() + after));
    }
    all.add(with(origin, registered.substring(0, end) + ".evil"));
    if (!isShared(registered)) {
      insertions(origin, registered).forEach(all::add);
    }
    return all.build();
  }

  /** The origin with something before, in or after the label that one registers. */
  private static Stream<String> insertions(Origin origin, String registered) {
    String below = origin.host().substring(0, origin.host().length() - registered.length());
    Stream.Builder<String> all = Stream.builder();
    for (int i = 0; i <= registered.indexOf('.'); i++) {
      String name = registered.substring(0, i) + EVIL + registered.substring(i);
      all.add(with(origin, name));
      all.add(with(origin, below + name));
    }
    return all.add(with(origin, EVIL + "-" + registered)).build();
  }

  Optional<String> insecure() {
    return first(origin -> origin.scheme().equals("http") && !origin.isLoopback());
  }

  Optional<String> loopback() {
    return first(Origin::isLoopback);
  }

  private Optional<String> first(Predicate<Origin> wanted) {
    return matched.stream().filter(wanted).map(Origin::toString).findFirst();
  }

  /** An origin that it lets in and that anyone can register with a hosting service. */
  Optional<String> underPublicSuffix() {
    return matched.stream()
        .filter(origin -> isShared(origin.host()))
        .flatMap(RegexProbe::neighbours)
        .filter(this::matches)
        .findFirst();
  }

  private static Stream<String> neighbours(Origin origin) {
    String registered = String.valueOf(registered(origin.host()));
    String any = EVIL + registered.substring(registered.indexOf('.'));
    // Hosting services keep -- for the branches of a site (branch--site.netlify.app).
    return registered.contains("--")
        ? Stream.of(with(origin, any))
        : Stream.concat(Stream.of(with(origin, any)), insertions(origin, registered));
  }

  private static String with(Origin origin, String host) {
    int authority = origin.toString().indexOf("://") + 3;
    return origin.toString().substring(0, authority)
        + host
        + origin.toString().substring(authority + origin.host().length());
  }

  /** The part of a host that someone registered; null if there is none. */
  private static @Nullable String registered(String host) {
    if (host.startsWith("[") || host.matches("[0-9.]+")) {
      return null;
    }
    for (int dot = host.lastIndexOf('.'); dot > 0; ) {
      dot = host.lastIndexOf('.', dot - 1);
      String domain = host.substring(dot + 1);
      if (!isPublicSuffix(domain)) {
        return domain;
      }
    }
    return null;
  }

  /**
   * Whether a host is below a suffix that a service gives away, such as {@code github.io}, and not
   * one that is sold, such as {@code co.uk}.
   */
  private static boolean isShared(String host) {
    String registered = registered(host);
    String suffix = registered == null ? "" : registered.substring(registered.indexOf('.') + 1);
    return suffix.indexOf('.') > 0 && !suffix.matches("(?:com?|org?|net?|ac|edu|gov?)\\.[a-z]{2}");
  }

  private static boolean isPublicSuffix(String domain) {
    return CorsPolicy.builder().allowOrigins("https://*." + domain).findings().stream()
        .anyMatch(finding -> finding.rule() == Rule.PUBLIC_SUFFIX);
  }
}
