package dev.corsac;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
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

  private static final String SEC_PREFIX = "sec-";
  private static final String PROXY_PREFIX = "proxy-";

  /** Fetch section 2.2.2, forbidden request-header; those by prefix apart. */
  private static final NameSet FORBIDDEN_HEADERS =
      NameSet.ofHeaders(
          "Accept-Charset",
          "Accept-Encoding",
          "Access-Control-Request-Headers",
          "Access-Control-Request-Method",
          "Access-Control-Request-Private-Network",
          "Connection",
          "Content-Length",
          "Cookie",
          "Cookie2",
          "Date",
          "DNT",
          "Expect",
          "Host",
          "Keep-Alive",
          "Origin",
          "Referer",
          "Set-Cookie",
          "TE",
          "Trailer",
          "Transfer-Encoding",
          "Upgrade",
          "Via");

  private static final NameSet RESPONSE_HEADERS =
      NameSet.ofHeaders(
          "Access-Control-Allow-Origin",
          "Access-Control-Allow-Credentials",
          "Access-Control-Allow-Methods",
          "Access-Control-Allow-Headers",
          "Access-Control-Expose-Headers",
          "Access-Control-Max-Age",
          "Access-Control-Allow-Private-Network",
          "Vary",
          "ETag",
          "Location",
          "Server",
          "WWW-Authenticate",
          "Age",
          "Retry-After",
          "Allow",
          "Accept-Ranges",
          "Last-Modified",
          "Timing-Allow-Origin");

  /** Fetch section 2.2.2, CORS-safelisted response-header name. */
  private static final NameSet READABLE_HEADERS =
      NameSet.ofHeaders(
          "Cache-Control",
          "Content-Language",
          "Content-Length",
          "Content-Type",
          "Expires",
          "Last-Modified",
          "Pragma");

  private static final NameSet UNREADABLE_HEADERS = NameSet.ofHeaders("Set-Cookie", "Set-Cookie2");

  private final PolicySettings settings;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<Rule, Integer> counts = new EnumMap<>(Rule.class);
  private final Set<Risk> needed = EnumSet.noneOf(Risk.class);
  private final OriginSet origins;
  private final OriginSet trusted;

  PolicyCheck(PolicySettings settings) {
    this.settings = settings;
    if (settings.origins.isEmpty() && settings.sources.isEmpty()) {
      add(
          Rule.NO_ORIGIN_ALLOWED,
          ORIGINS,
          "No origin is allowed: pages of other origins can read nothing.",
          "List the origins of the pages that use this server, such as \"https://example.com\".");
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
          Rule.PREFLIGHT_STATUS_RANGE,
          "preflight_status",
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
            Rule.RISK_UNUSED,
            "dangerously_allow",
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
          Rule.ENFORCE_ANY_ORIGIN,
          "enforce",
          "With \"*\" in allow_origins, pages of other origins act without the user's credentials only.",
          "List in trusted_origins the pages that act as the user, or leave it so for public data.");
    }
    if (!settings.trusted.isEmpty() && !enforced && settings.enforceReport == Enforcement.OFF) {
      add(
          Rule.TRUSTED_UNUSED,
          TRUSTED,
          "trusted_origins says who may act, but without enforce every page may.",
          "Write enforce: unsafe, or remove trusted_origins.");
    }
    for (int i = 0; settings.credentials && i < settings.trusted.size(); i++) {
      if (origins.containsExact(settings.trusted.get(i))) {
        add(
            Rule.ORIGIN_REDUNDANT,
            TRUSTED + "[" + i + "]",
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

  private void add(Rule rule, String where, String message, String fix) {
    add(new Finding(rule, where, message, fix));
  }

  private void checkMethods() {
    for (int i = 0; i < settings.methods.size(); i++) {
      String method = settings.methods.get(i);
      String where = "allow_methods[" + i + "]";
      String upper = method.toUpperCase(Locale.ROOT);
      if (method.equals("*")) {
        if (settings.credentials) {
          add(
              Rule.ANY_METHOD_CREDENTIALS,
              where,
              "\"*\" lets every allowed origin use every method with the user's cookies.",
              "List the methods that pages need, such as [GET, POST].");
        }
      } else if (!Token.isToken(method)) {
        add(
            Rule.METHOD_SYNTAX,
            where,
            Escaped.quote(method) + " is not a method.",
            "Write one method an entry, such as PUT.");
      } else if (PolicySettings.isForbiddenMethod(method)) {
        add(
            Rule.METHOD_FORBIDDEN,
            where,
            Escaped.quote(method) + " is forbidden: no browser sends it for a page.",
            "Remove it.");
      } else if (!method.equals(upper)) {
        add(
            Rule.METHOD_CASE,
            where,
            Escaped.quote(method) + " allows exactly that spelling; methods are case-sensitive.",
            "Write " + upper + ", in the page's fetch too.");
      }
    }
  }

  private void checkHeaders() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < settings.headers.size(); i++) {
      String name = settings.headers.get(i);
      String where = "allow_headers[" + i + "]";
      String lower = name.toLowerCase(Locale.ROOT);
      String quoted = Escaped.quote(name);
      if (!Token.isToken(name)) {
        add(
            Rule.HEADER_SYNTAX,
            where,
            quoted + " is not a header name.",
            "Write one name an entry, such as X-Request-ID.");
      } else if (name.equals("*")) {
        if (settings.credentials) {
          add(
              Rule.ANY_HEADER_CREDENTIALS,
              where,
              "\"*\" lets every allowed origin send any header with the user's cookies.",
              "List the headers that pages need, such as [Authorization].");
        }
      } else if (FORBIDDEN_HEADERS.contains(name)
          || lower.startsWith(SEC_PREFIX)
          || lower.startsWith(PROXY_PREFIX)) {
        add(
            Rule.HEADER_FORBIDDEN,
            where,
            quoted + " is set by browsers alone; a page cannot send it, so it needs no permission.",
            lower.equals("cookie")
                ? "Remove it; for cookies set allow_credentials: true."
                : "Remove it.");
      } else if (RESPONSE_HEADERS.contains(name)) {
        add(
            Rule.HEADER_MEANINGLESS,
            where,
            quoted + " is a response header; allow_headers is about requests.",
            lower.startsWith("access-control-")
                ? "Remove it."
                : "Move it to expose_headers, if pages should read it.");
      } else if (!seen.add(lower) || settings.anyHeader()) {
        add(
            Rule.HEADER_REDUNDANT,
            where,
            quoted + (settings.anyHeader() ? " is covered by \"*\"." : " is listed twice."),
            "Remove it.");
      }
    }
  }

  private void checkExposed() {
    Set<String> seen = new HashSet<>();
    boolean any = settings.exposed.contains("*");
    for (int i = 0; i < settings.exposed.size(); i++) {
      String name = settings.exposed.get(i);
      String where = "expose_headers[" + i + "]";
      String quoted = Escaped.quote(name);
      if (!Token.isToken(name)) {
        add(
            Rule.EXPOSE_SYNTAX,
            where,
            quoted + " is not a header name.",
            "Write one name an entry, such as X-Total-Count.");
      } else if (name.equals("*")) {
        if (settings.credentials) {
          add(
              Rule.ANY_EXPOSE_CREDENTIALS,
              where,
              "\"*\" with allow_credentials exposes a header named * and nothing else.",
              "List the headers that pages read, such as [X-Total-Count].");
        }
      } else if (UNREADABLE_HEADERS.contains(name)) {
        add(Rule.EXPOSE_FORBIDDEN, where, quoted + " is hidden from every page.", "Remove it.");
      } else if (READABLE_HEADERS.contains(name)) {
        add(
            Rule.EXPOSE_REDUNDANT,
            where,
            quoted + " is readable without being exposed.",
            "Remove it.");
      } else if (!seen.add(name.toLowerCase(Locale.ROOT)) || any) {
        add(
            Rule.EXPOSE_REDUNDANT,
            where,
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
          Rule.MAX_AGE_RANGE,
          "max_age",
          seconds
              + " s is out of range: Firefox remembers 86400 s at most, Chromium 7200, WebKit 600.",
          settings.maxAge.isNegative()
              ? "Write 0 to ask before every request, or 3600."
              : "Write 86400.");
    } else if (seconds < HOUR) {
      add(
          Rule.MAX_AGE_SHORT,
          "max_age",
          seconds == 0
              ? "0 s makes browsers send a preflight before every request."
              : seconds + " s is short: each page asks again as soon as it is over.",
          "Write 3600 to 86400; browsers cap it themselves (Chromium 7200, Firefox 86400, WebKit 600).");
    }
  }
}
