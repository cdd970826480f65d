package dev.corsac;

import dev.corsac.finding.Finding;
import dev.corsac.finding.PolicyRule;
import dev.corsac.finding.SettingPath;
import dev.corsac.finding.Wording;
import dev.corsac.origin.IpAddress;
import dev.corsac.origin.OriginSet;
import dev.corsac.origin.OriginSyntax;
import dev.corsac.origin.Punycode;
import dev.corsac.text.Escaped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Checks a list of origins, each by itself and against the others, and compiles them. */
final class OriginCheck {
  private static final Set<String> SANDBOXES =
      Set.of(
          "jsbin.com",
          "output.jsbin.com",
          "null.jsbin.com",
          "codepen.io",
          "cdpn.io",
          "s.codepen.io",
          "jsfiddle.net",
          "fiddle.jshell.net",
          "plnkr.co",
          "run.plnkr.co",
          "codesandbox.io",
          "stackblitz.com",
          "playcode.io",
          "translate.googleusercontent.com");

  private static final Set<String> APP_SCHEMES =
      Set.of("capacitor", "ionic", "tauri", "cordova", "app", "qrc");

  /** Browsers whose extensions have another id in every installation. */
  private static final Map<String, String> EXTENSIONS =
      Map.of("moz-extension", "Firefox", "safari-web-extension", "Safari");

  private final String key;
  private final SettingPath path;
  private final List<String> origins;
  private final boolean credentials;
  private final Set<Risk> accepted;
  private final Set<Risk> needed;
  private final Consumer<Finding> findings;
  private final OriginSet.Builder compiled;

  /**
   * @param key what the list is called in a policy file
   * @param credentials whether pages of these origins act with the user's credentials
   * @param accepted the dangers that the policy accepts
   * @param needed takes those that it has
   */
  OriginCheck(
      String key,
      List<String> origins,
      boolean credentials,
      Set<Risk> accepted,
      Set<Risk> needed,
      Consumer<Finding> findings) {
    this.key = key;
    this.path = SettingPath.of(key);
    this.origins = origins;
    this.credentials = credentials;
    this.accepted = accepted;
    this.needed = needed;
    this.findings = findings;
    this.compiled = new OriginSet.Builder(origins.size());
  }

  OriginSet compile() {
    for (int i = 0; i < origins.size(); i++) {
      check(origins.get(i), i);
    }
    OriginSet set = compiled.build();
    checkTogether(set);
    return set;
  }

  /**
   * Whether there is certainly nothing to say of an entry by itself, whatever the policy: told in a
   * fraction of the time of a check, since most of a million origins are like this.
   */
  static boolean isPlain(String entry) {
    if (!entry.startsWith("https://")
        || entry.contains("xn--")
        || OriginSyntax.check(entry, false) != null) {
      return false;
    }
    int hostEnd = OriginSyntax.hostEnd(entry, 8);
    // Names that end in a letter, without a dot behind it, are no addresses.
    char last = entry.charAt(hostEnd - 1);
    if (last < 'a' || last > 'z') {
      return false;
    }
    String host = entry.substring(8, hostEnd);
    return !Origin.isLoopback(host)
        && !SANDBOXES.contains(host)
        && !IpAddress.endsInNumber(host, 0, host.length());
  }

  /** Checks one entry by itself, and adds it to those compiled if it is well-formed. */
  void check(String entry, int index) {
    if (entry.equals("*")) {
      checkAnyOrigin(path.index(index));
      return;
    }
    PolicyRule broken = OriginSyntax.check(entry, true);
    if (broken == PolicyRule.NULL_ORIGIN && PolicySettings.isNullOrigin(entry)) {
      if (accepts(Risk.NULL_ORIGIN)) {
        return;
      }
    }
    if (broken != null) {
      findings.accept(OriginAdvice.finding(broken, entry, path.index(index)));
      return;
    }
    String label = Punycode.malformedLabel(entry);
    if (label != null) {
      findings.accept(OriginAdvice.notPunycode(entry, label, path.index(index)));
      return;
    }
    if (!compiled.add(entry)) {
      add(
          PolicyRule.ORIGIN_REDUNDANT,
          path.index(index),
          entry,
          Escaped.quote(entry) + " is listed twice.",
          "Remove it.");
      return;
    }
    checkTrust(entry, index);
  }

  private void checkAnyOrigin(SettingPath entry) {
    if (!key.equals("allow_origins")) {
      add(
          PolicyRule.ANY_ORIGIN_CREDENTIALS,
          entry,
          "*",
          Wording.of("\"*\" in ").key(key).text(" would let every site act as the user."),
          Wording.of("List the origins whose pages may act."));
    } else if (credentials) {
      add(
          PolicyRule.ANY_ORIGIN_CREDENTIALS,
          entry,
          "*",
          Wording.of("\"*\" with ")
              .key("allow_credentials")
              .text(" would let every site act as the user; browsers refuse it."),
          Wording.of("List the origins that need credentials, or set ")
              .key("allow_credentials")
              .text(": false."));
    } else {
      add(
          PolicyRule.ANY_ORIGIN,
          entry,
          "*",
          "\"*\" lets every site read these responses; that is for public data, and for development.",
          "List the origins, such as \"https://example.com\".");
    }
  }

  private void checkTrust(String entry, int index) {
    int hostStart = entry.indexOf("://") + 3;
    String scheme = entry.substring(0, hostStart - 3);
    String host = entry.substring(hostStart, OriginSyntax.hostEnd(entry, hostStart));
    boolean subdomains = host.startsWith("*.");
    boolean app = !scheme.equals("http") && !scheme.equals("https");
    String dotted = subdomains ? host.substring(2) : host;
    String domain = dotted.endsWith(".") ? dotted.substring(0, dotted.length() - 1) : dotted;
    String browser = EXTENSIONS.get(scheme);
    String quoted = Escaped.quote(entry);
    if (Origin.isLoopback(domain) && !APP_SCHEMES.contains(scheme)) {
      add(
          PolicyRule.LOOPBACK_ORIGIN,
          path.index(index),
          entry,
          quoted + " is whatever runs on the user's own machine.",
          "Move it to the development profile.");
      return;
    }
    if (scheme.equals("http")) {
      checkInsecure(quoted, index, entry);
    }
    if (subdomains) {
      checkSubdomains(quoted, domain, index, entry);
    }
    if (SANDBOXES.contains(domain)) {
      add(
          PolicyRule.SHARED_SANDBOX,
          path.index(index),
          entry,
          quoted + " serves pages that anyone can write.",
          "Remove it.");
    } else if (domain.startsWith("[")
        || (!app && IpAddress.endsInNumber(domain, 0, domain.length()))) {
      add(
          PolicyRule.PRIVATE_ADDRESS,
          path.index(index),
          entry,
          quoted + " is an address, which may be another machine's tomorrow or on another network.",
          "Write a name and https.");
    } else if (APP_SCHEMES.contains(scheme) || domain.isEmpty()) {
      add(
          PolicyRule.APP_SCHEME,
          path.index(index),
          entry,
          quoted + " is the origin of every app made with that framework, not only of yours.",
          "Do not rely on the origin alone: authenticate the app's users by tokens.");
    } else if (browser != null) {
      add(
          PolicyRule.EXTENSION_ID,
          path.index(index),
          entry,
          quoted + " is one installation's id; other users' " + browser + " has another.",
          "Let the extension's background page ask, with host permissions; it needs no CORS.");
    }
  }

  private void checkInsecure(String quoted, int index, String entry) {
    if (credentials && !accepts(Risk.INSECURE_ORIGINS)) {
      add(
          PolicyRule.INSECURE_ORIGIN_CREDENTIALS,
          path.index(index),
          entry,
          Wording.of(
              quoted
                  + " is not https: whoever is on the network can change the page and use the user's cookies."),
          orAccept(
              "Write " + Escaped.literal("https" + entry.substring(4)) + ".",
              Risk.INSECURE_ORIGINS));
    } else {
      add(
          PolicyRule.INSECURE_ORIGIN,
          path.index(index),
          entry,
          quoted
              + " is not https: whoever is on the network can change the page and read what it reads.",
          "Write " + Escaped.literal("https" + entry.substring(4)) + ".");
    }
  }

  private void checkSubdomains(String quoted, String domain, int index, String entry) {
    if (PublicSuffixes.contains(domain)) {
      if (credentials && !accepts(Risk.PUBLIC_SUFFIX_SUBDOMAINS)) {
        add(
            PolicyRule.PUBLIC_SUFFIX_CREDENTIALS,
            path.index(index),
            entry,
            Wording.of(quoted + " trusts everyone who registers a name under " + domain + "."),
            orAccept("List your own names under it.", Risk.PUBLIC_SUFFIX_SUBDOMAINS));
      } else {
        add(
            PolicyRule.PUBLIC_SUFFIX,
            path.index(index),
            entry,
            quoted + " lets in everyone who registers a name under " + domain + ".",
            "List your own names under it.");
      }
    } else if (credentials) {
      add(
          PolicyRule.EVERY_SUBDOMAIN,
          path.index(index),
          entry,
          quoted
              + " trusts every subdomain with credentials: one forgotten or hijacked host is enough.",
          "List the subdomains that need it.");
    }
  }

  private void checkTogether(OriginSet set) {
    boolean any = origins.contains("*");
    for (int i = 0; i < origins.size(); i++) {
      String entry = origins.get(i);
      boolean pattern = entry.contains("*");
      if (!entry.equals("*") && any) {
        add(
            PolicyRule.ORIGIN_REDUNDANT,
            path.index(i),
            entry,
            Escaped.quote(entry) + " is covered by \"*\".",
            "Remove it, or \"*\".");
      } else if (!pattern
          && set.hasPatterns()
          && set.containsExact(entry)
          && set.matchesPattern(entry)) {
        add(
            PolicyRule.ORIGIN_REDUNDANT,
            path.index(i),
            entry,
            Escaped.quote(entry) + " is covered by a pattern.",
            "Remove it.");
      } else if (entry.startsWith("http:") && set.containsExact("https" + entry.substring(4))) {
        add(
            PolicyRule.BOTH_SCHEMES,
            path.index(i),
            entry,
            Escaped.quote(entry)
                + " is listed beside its https twin, which it makes no safer than itself.",
            "Remove it.");
      }
      checkTrailingDot(entry, i, set);
    }
  }

  private void checkTrailingDot(String entry, int index, OriginSet set) {
    int hostStart = entry.indexOf("://") + 3;
    int hostEnd = OriginSyntax.hostEnd(entry, hostStart);
    if (OriginSyntax.defaultPort(entry) < 0 || entry.charAt(hostEnd - 1) != '.') {
      return;
    }
    String without = entry.substring(0, hostEnd - 1) + entry.substring(hostEnd);
    if (OriginSyntax.check(entry, true) == null && !set.containsExact(without)) {
      add(
          PolicyRule.TRAILING_DOT,
          path.index(index),
          entry,
          Escaped.quote(entry)
              + " has a dot after its host: only pages that were opened with that dot have this origin.",
          "Write " + Escaped.literal(without) + ", or list both.");
    }
  }

  /** Whether a danger that the policy has is accepted. */
  private boolean accepts(Risk risk) {
    needed.add(risk);
    return accepted.contains(risk);
  }

  private void add(PolicyRule rule, SettingPath path, String subject, String message, String fix) {
    add(rule, path, subject, Wording.of(message), Wording.of(fix));
  }

  private void add(
      PolicyRule rule, SettingPath path, String subject, Wording message, Wording fix) {
    findings.accept(Finding.of(rule, path, message, fix).about(subject));
  }

  private static Wording orAccept(String fix, Risk risk) {
    return Wording.of(fix + " ").then(toAccept(risk));
  }

  /** How a danger is accepted. */
  static Wording toAccept(Risk risk) {
    return Wording.of("To accept the danger: ")
        .key("dangerously_allow")
        .text(": [" + risk.key() + "].");
  }
}
