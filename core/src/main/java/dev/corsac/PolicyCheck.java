package dev.corsac;

import dev.corsac.finding.Finding;
import dev.corsac.finding.PolicyRule;
import dev.corsac.finding.Rule;
import dev.corsac.finding.SettingPath;
import dev.corsac.finding.Wording;
import dev.corsac.origin.OriginSet;
import dev.corsac.text.Escaped;
import dev.corsac.text.HeaderNames;
import dev.corsac.text.Token;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Checks a policy as a whole and compiles its origins on the way; keeps at most a hundred findings
 * of one rule.
 */
final class PolicyCheck {
  private static final int MOST_OF_ONE_RULE = 100;
  private static final long DAY = 86_400;
  private static final long HOUR = 3_600;

  private static final String ORIGINS = "allow_origins";
  private static final String TRUSTED = "trusted_origins";

  private final PolicySettings settings;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<Rule, Integer> counts = new HashMap<>();
  private final Set<Risk> needed = EnumSet.noneOf(Risk.class);
  private final OriginSet origins;
  private final OriginSet trusted;

  PolicyCheck(PolicySettings settings) {
    this.settings = settings;
    if (settings.origins.isEmpty() && settings.sources.isEmpty()) {
      add(
          Finding.of(
              PolicyRule.NO_ORIGIN_ALLOWED,
              SettingPath.of(ORIGINS),
              "No origin is allowed: pages of other origins can read nothing.",
              "List the origins of the pages that use this server, such as \"https://example.com\"."));
    }
    this.origins = compile(ORIGINS, settings.origins, settings.credentials);
    this.trusted = compile(TRUSTED, settings.trusted, true);
    checkRisks();
    checkActing();
    if (!settings.hosts.isEmpty()) {
      Hosts.findings(settings.hosts).forEach(this::add);
    }
    checkMethods();
    checkHeaders();
    checkExposed();
    checkMaxAge();
    if (settings.preflightStatus < 200 || settings.preflightStatus > 299) {
      add(
          PolicyRule.PREFLIGHT_STATUS_RANGE,
          SettingPath.of("preflight_status"),
          Integer.toString(settings.preflightStatus),
          "A preflight answered with " + settings.preflightStatus + " fails in every browser.",
          "Write 200 or 204.");
    }
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  OriginSet origins() {
    return origins;
  }

  OriginSet trusted() {
    return trusted;
  }

  private OriginSet compile(String key, List<String> entries, boolean credentials) {
    return new OriginCheck(key, entries, credentials, settings.risks, needed, this::add).compile();
  }

  private void checkRisks() {
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
  }

  /** What belongs to {@code enforce}: who may act. */
  private void checkActing() {
    boolean enforced = settings.enforcement != Enforcement.OFF;
    if (enforced && settings.anyOrigin()) {
      add(
          Finding.of(
              PolicyRule.ENFORCE_ANY_ORIGIN,
              SettingPath.of("enforce"),
              Wording.of("With \"*\" in ")
                  .key(ORIGINS)
                  .text(", pages of other origins act without the user's credentials only."),
              Wording.of("List in ")
                  .key(TRUSTED)
                  .text(" the pages that act as the user, or leave it so for public data.")));
    }
    if (!settings.trusted.isEmpty() && settings.actingIsFree()) {
      add(
          Finding.of(
              PolicyRule.TRUSTED_UNUSED,
              SettingPath.of(TRUSTED),
              Wording.of("")
                  .key(TRUSTED)
                  .text(" says who may act, but without ")
                  .key("enforce")
                  .text(" every page may."),
              Wording.of("Write ")
                  .key("enforce")
                  .text(": unsafe, or remove ")
                  .key(TRUSTED)
                  .text(".")));
    }
    for (int i = 0; settings.credentials && i < settings.trusted.size(); i++) {
      if (origins.containsExact(settings.trusted.get(i))) {
        add(
            PolicyRule.ORIGIN_REDUNDANT,
            SettingPath.of(TRUSTED).index(i),
            settings.trusted.get(i),
            Escaped.quote(settings.trusted.get(i))
                + " is allowed with credentials, so it may act already.",
            "Remove it.");
      }
    }
  }

  private void add(Finding finding) {
    if (counts.merge(finding.rule(), 1, Integer::sum) <= MOST_OF_ONE_RULE) {
      findings.add(finding);
    }
  }

  private void add(Rule rule, SettingPath path, String subject, String message, String fix) {
    add(rule, path, subject, Wording.of(message), Wording.of(fix));
  }

  private void add(Rule rule, SettingPath path, String subject, Wording message, Wording fix) {
    add(Finding.of(rule, path, message, fix).about(subject));
  }

  private void checkMethods() {
    for (int i = 0; i < settings.methods.size(); i++) {
      String method = settings.methods.get(i);
      SettingPath path = SettingPath.of("allow_methods").index(i);
      String upper = method.toUpperCase(Locale.ROOT);
      if (method.equals("*")) {
        if (settings.credentials) {
          add(
              PolicyRule.ANY_METHOD_CREDENTIALS,
              path,
              method,
              "\"*\" lets every allowed origin use every method with the user's cookies.",
              "List the methods that pages need, such as [GET, POST].");
        }
      } else if (!Token.isToken(method)) {
        add(
            PolicyRule.METHOD_SYNTAX,
            path,
            method,
            Escaped.quote(method) + " is not a method.",
            "Write one method an entry, such as PUT.");
      } else if (PolicySettings.isForbiddenMethod(method)) {
        add(
            PolicyRule.METHOD_FORBIDDEN,
            path,
            method,
            Escaped.quote(method) + " is forbidden: no browser sends it for a page.",
            "Remove it.");
      } else if (!method.equals(upper)) {
        add(
            PolicyRule.METHOD_CASE,
            path,
            method,
            Escaped.quote(method) + " allows exactly that spelling; methods are case-sensitive.",
            "Write " + upper + ", in the page's fetch too.");
      }
    }
  }

  private void checkHeaders() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < settings.headers.size(); i++) {
      String name = settings.headers.get(i);
      SettingPath path = SettingPath.of("allow_headers").index(i);
      String lower = name.toLowerCase(Locale.ROOT);
      String quoted = Escaped.quote(name);
      if (!Token.isToken(name)) {
        add(
            PolicyRule.HEADER_SYNTAX,
            path,
            name,
            quoted + " is not a header name.",
            "Write one name an entry, such as X-Request-ID.");
      } else if (name.equals("*")) {
        if (settings.credentials) {
          add(
              PolicyRule.ANY_HEADER_CREDENTIALS,
              path,
              name,
              "\"*\" lets every allowed origin send any header with the user's cookies.",
              "List the headers that pages need, such as [Authorization].");
        }
      } else if (HeaderNames.isForbidden(name)) {
        add(
            PolicyRule.HEADER_FORBIDDEN,
            path,
            name,
            Wording.of(
                quoted
                    + " is set by browsers alone; a page cannot send it, so it needs no permission."),
            lower.equals("cookie")
                ? Wording.of("Remove it; for cookies set ").key("allow_credentials").text(": true.")
                : Wording.of("Remove it."));
      } else if (HeaderNames.isOfResponses(name)) {
        add(
            PolicyRule.HEADER_MEANINGLESS,
            path,
            name,
            Wording.of(quoted + " is a response header; ")
                .key("allow_headers")
                .text(" is about requests."),
            lower.startsWith("access-control-")
                ? Wording.of("Remove it.")
                : Wording.of("Move it to ")
                    .key("expose_headers")
                    .text(", if pages should read it."));
      } else if (!seen.add(lower) || settings.anyHeader()) {
        add(
            PolicyRule.HEADER_REDUNDANT,
            path,
            name,
            quoted + (settings.anyHeader() ? " is covered by \"*\"." : " is listed twice."),
            "Remove it.");
      } else if (name.contains("_")) {
        add(
            PolicyRule.HEADER_UNDERSCORE,
            path,
            name,
            quoted + " has an underscore: nginx and others drop it before an application sees it.",
            "Write " + name.replace('_', '-') + ", in the page and the application too.");
      }
    }
  }

  private void checkExposed() {
    Set<String> seen = new HashSet<>();
    boolean any = settings.exposed.contains("*");
    for (int i = 0; i < settings.exposed.size(); i++) {
      String name = settings.exposed.get(i);
      SettingPath path = SettingPath.of("expose_headers").index(i);
      String quoted = Escaped.quote(name);
      if (!Token.isToken(name)) {
        add(
            PolicyRule.EXPOSE_SYNTAX,
            path,
            name,
            quoted + " is not a header name.",
            "Write one name an entry, such as X-Total-Count.");
      } else if (name.equals("*")) {
        if (settings.credentials) {
          add(
              PolicyRule.ANY_EXPOSE_CREDENTIALS,
              path,
              name,
              Wording.of("\"*\" with ")
                  .key("allow_credentials")
                  .text(" exposes a header named * and nothing else."),
              Wording.of("List the headers that pages read, such as [X-Total-Count]."));
        }
      } else if (HeaderNames.isForbiddenInResponses(name)) {
        add(
            PolicyRule.EXPOSE_FORBIDDEN,
            path,
            name,
            quoted + " is hidden from every page.",
            "Remove it.");
      } else if (HeaderNames.isSafelistedInResponses(name)) {
        add(
            PolicyRule.EXPOSE_REDUNDANT,
            path,
            name,
            quoted + " is readable without being exposed.",
            "Remove it.");
      } else if (!seen.add(name.toLowerCase(Locale.ROOT)) || any) {
        add(
            PolicyRule.EXPOSE_REDUNDANT,
            path,
            name,
            quoted + (any ? " is covered by \"*\"." : " is listed twice."),
            "Remove it.");
      }
    }
  }

  private void checkMaxAge() {
    if (settings.maxAge == null) {
      return;
    }
    long seconds = settings.maxAge.toSeconds();
    if (settings.maxAge.isNegative() || seconds > DAY) {
      add(
          PolicyRule.MAX_AGE_RANGE,
          SettingPath.of("max_age"),
          Long.toString(seconds),
          seconds
              + " s is out of range: Firefox remembers 86400 s at most, Chromium 7200, WebKit 600.",
          settings.maxAge.isNegative()
              ? "Write 0 to ask before every request, or 3600."
              : "Write 86400.");
    } else if (seconds < HOUR) {
      add(
          PolicyRule.MAX_AGE_SHORT,
          SettingPath.of("max_age"),
          Long.toString(seconds),
          seconds == 0
              ? "0 s makes browsers send a preflight before every request."
              : seconds + " s is short: each page asks again as soon as it is over.",
          "Write 3600 to 86400; browsers cap it themselves (Chromium 7200, Firefox 86400, WebKit 600).");
    }
  }
}
