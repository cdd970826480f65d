package dev.corsac;

import dev.corsac.finding.Finding;
import dev.corsac.finding.SettingPath;
import dev.corsac.finding.Wording;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Checks the origins of a policy, each by itself and against the others, and compiles them. */
final class OriginCheck {
  private static final SettingPath PATH = SettingPath.of("allow_origins");

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

  private final PolicySettings settings;
  private final Consumer<Finding> findings;
  private final Set<Risk> needed = EnumSet.noneOf(Risk.class);
  private final OriginSet.Builder compiled;

  OriginCheck(PolicySettings settings, Consumer<Finding> findings) {
    this.settings = settings;
    this.findings = findings;
    this.compiled = new OriginSet.Builder(settings.origins.size());
  }

  OriginSet compile() {
    if (settings.origins.isEmpty() && settings.sources.isEmpty()) {
      findings.accept(
          Finding.of(
              PolicyRule.NO_ORIGIN_ALLOWED,
              PATH,
              "No origin is allowed: pages of other origins can read nothing.",
              "List the origins of the pages that use this server, such as \"https://example.com\"."));
    }
    List<String> origins = settings.origins;
    for (int i = 0; i < origins.size(); i++) {
      check(origins.get(i), i);
    }
    OriginSet set = compiled.build();
    checkTogether(set);
    for (Risk risk : settings.risks) {
      if (!needed.contains(risk)) {
        add(
            PolicyRule.RISK_UNUSED,
            SettingPath.of("dangerously_allow"),
            risk.key(),
            "Nothing in the policy needs " + risk.key() + ".",
            "Remove it.");
      }
    }
    return set;
  }

  private void check(String entry, int index) {
    if (entry.equals("*")) {
      checkAnyOrigin(PATH.index(index));
      return;
    }
    PolicyRule broken = OriginSyntax.check(entry, true);
    if (broken == PolicyRule.NULL_ORIGIN && PolicySettings.isNullOrigin(entry)) {
      if (accepts(Risk.NULL_ORIGIN)) {
        return;
      }
    }
    if (broken != null) {
      findings.accept(OriginAdvice.finding(broken, entry, PATH.index(index)));
      return;
    }
    String label = Punycode.malformedLabel(entry);
    if (label != null) {
      findings.accept(OriginAdvice.notPunycode(entry, label, PATH.index(index)));
      return;
    }
    if (!compiled.add(entry)) {
      add(
          PolicyRule.ORIGIN_REDUNDANT,
          PATH.index(index),
          entry,
          Escaped.quote(entry) + " is listed twice.",
          "Remove it.");
      return;
    }
    checkTrust(entry, index);
  }

  private void checkAnyOrigin(SettingPath path) {
    if (settings.credentials) {
      add(
          PolicyRule.ANY_ORIGIN_CREDENTIALS,
          path,
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
          path,
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
          PATH.index(index),
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
          PATH.index(index),
          entry,
          quoted + " serves pages that anyone can write.",
          "Remove it.");
    } else if (domain.startsWith("[")
        || (!app && IpAddress.endsInNumber(domain, 0, domain.length()))) {
      add(
          PolicyRule.PRIVATE_ADDRESS,
          PATH.index(index),
          entry,
          quoted + " is an address, which may be another machine's tomorrow or on another network.",
          "Write a name and https.");
    } else if (APP_SCHEMES.contains(scheme) || domain.isEmpty()) {
      add(
          PolicyRule.APP_SCHEME,
          PATH.index(index),
          entry,
          quoted + " is the origin of every app made with that framework, not only of yours.",
          "Do not rely on the origin alone: authenticate the app's users by tokens.");
    } else if (browser != null) {
      add(
          PolicyRule.EXTENSION_ID,
          PATH.index(index),
          entry,
          quoted + " is one installation's id; other users' " + browser + " has another.",
          "Let the extension's background page ask, with host permissions; it needs no CORS.");
    }
  }

  private void checkInsecure(String quoted, int index, String entry) {
    if (settings.credentials && !accepts(Risk.INSECURE_ORIGINS)) {
      add(
          PolicyRule.INSECURE_ORIGIN_CREDENTIALS,
          PATH.index(index),
          entry,
          Wording.of(
              quoted
                  + " is not https: whoever is on the network can change the page and use the user's cookies."),
          orAccept(
              "Write " + Escaped.quote("https" + entry.substring(4)) + ".", Risk.INSECURE_ORIGINS));
    } else {
      add(
          PolicyRule.INSECURE_ORIGIN,
          PATH.index(index),
          entry,
          quoted
              + " is not https: whoever is on the network can change the page and read what it reads.",
          "Write " + Escaped.quote("https" + entry.substring(4)) + ".");
    }
  }

  private void checkSubdomains(String quoted, String domain, int index, String entry) {
    if (PublicSuffixes.contains(domain)) {
      if (settings.credentials && !accepts(Risk.PUBLIC_SUFFIX_SUBDOMAINS)) {
        add(
            PolicyRule.PUBLIC_SUFFIX_CREDENTIALS,
            PATH.index(index),
            entry,
            Wording.of(quoted + " trusts everyone who registers a name under " + domain + "."),
            orAccept("List your own names under it.", Risk.PUBLIC_SUFFIX_SUBDOMAINS));
      } else {
        add(
            PolicyRule.PUBLIC_SUFFIX,
            PATH.index(index),
            entry,
            quoted + " lets in everyone who registers a name under " + domain + ".",
            "List your own names under it.");
      }
    } else if (settings.credentials) {
      add(
          PolicyRule.EVERY_SUBDOMAIN,
          PATH.index(index),
          entry,
          quoted
              + " trusts every subdomain with credentials: one forgotten or hijacked host is enough.",
          "List the subdomains that need it.");
    }
  }

  private void checkTogether(OriginSet set) {
    boolean any = settings.anyOrigin();
    List<String> origins = settings.origins;
    for (int i = 0; i < origins.size(); i++) {
      String entry = origins.get(i);
      boolean pattern = entry.contains("*");
      if (!entry.equals("*") && any) {
        add(
            PolicyRule.ORIGIN_REDUNDANT,
            PATH.index(i),
            entry,
            Escaped.quote(entry) + " is covered by \"*\".",
            "Remove it, or \"*\".");
      } else if (!pattern
          && set.hasPatterns()
          && set.containsExact(entry)
          && set.matchesPattern(entry)) {
        add(
            PolicyRule.ORIGIN_REDUNDANT,
            PATH.index(i),
            entry,
            Escaped.quote(entry) + " is covered by a pattern.",
            "Remove it.");
      } else if (entry.startsWith("http:") && set.containsExact("https" + entry.substring(4))) {
        add(
            PolicyRule.BOTH_SCHEMES,
            PATH.index(i),
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
          PATH.index(index),
          entry,
          Escaped.quote(entry)
              + " has a dot after its host: only pages that were opened with that dot have this origin.",
          "Write " + Escaped.quote(without) + ", or list both.");
    }
  }

  /** Whether a danger that the policy has is accepted. */
  private boolean accepts(Risk risk) {
    needed.add(risk);
    return settings.risks.contains(risk);
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
