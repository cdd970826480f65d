package dev.corsac.doctor.problem;

import dev.corsac.browser.Header;
import dev.corsac.browser.TransportException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What can keep a response from a page, look as if it did, or cost more than it should.
 *
 * <p>The first group is the CORS protocol's, and finer than browsers' own names: it tells apart
 * what a browser calls the same, such as a preflight without headers because nobody handles OPTIONS
 * and one that authentication refused. Each has a page in {@code docs/problems}. Immutable and
 * thread-safe.
 */
public enum Problem {
  ALLOW_ORIGIN_MISSING(Kind.CORS),
  ALLOW_ORIGIN_MISMATCH(Kind.CORS),
  ALLOW_ORIGIN_INVALID(Kind.CORS),
  ALLOW_ORIGIN_LIST(Kind.CORS),
  ALLOW_ORIGIN_TWICE(Kind.CORS),
  ALLOW_ORIGIN_WILDCARD(Kind.CORS),
  ALLOW_CREDENTIALS_NOT_TRUE(Kind.CORS),
  ERROR_WITHOUT_HEADERS(Kind.CORS),
  REDIRECT_WITHOUT_HEADERS(Kind.CORS),
  REDIRECT_TO_LOGIN(Kind.CORS),
  REDIRECT_NULL_ORIGIN(Kind.CORS),
  REDIRECT_CREDENTIALS(Kind.CORS),
  CACHED_FOR_ANOTHER_ORIGIN(Kind.CORS),

  PREFLIGHT_ALLOW_ORIGIN_MISSING(Kind.CORS),
  PREFLIGHT_ALLOW_ORIGIN_MISMATCH(Kind.CORS),
  PREFLIGHT_ALLOW_ORIGIN_INVALID(Kind.CORS),
  PREFLIGHT_ALLOW_ORIGIN_LIST(Kind.CORS),
  PREFLIGHT_ALLOW_ORIGIN_TWICE(Kind.CORS),
  PREFLIGHT_ALLOW_ORIGIN_WILDCARD(Kind.CORS),
  PREFLIGHT_ALLOW_CREDENTIALS_NOT_TRUE(Kind.CORS),
  PREFLIGHT_UNAUTHORIZED(Kind.CORS),
  PREFLIGHT_FORBIDDEN(Kind.CORS),
  PREFLIGHT_NOT_HANDLED(Kind.CORS),
  PREFLIGHT_SERVER_ERROR(Kind.CORS),
  PREFLIGHT_STATUS(Kind.CORS),
  PREFLIGHT_REDIRECT(Kind.CORS),
  PREFLIGHT_REDIRECT_HTTPS(Kind.CORS),
  PREFLIGHT_REDIRECT_SLASH(Kind.CORS),
  PREFLIGHT_REDIRECT_LOGIN(Kind.CORS),
  PREFLIGHT_ALLOW_METHODS_INVALID(Kind.CORS),
  PREFLIGHT_ALLOW_HEADERS_INVALID(Kind.CORS),
  METHOD_NOT_ALLOWED(Kind.CORS),
  METHOD_CASE(Kind.CORS),
  METHOD_STAR_CREDENTIALS(Kind.CORS),
  HEADER_NOT_ALLOWED(Kind.CORS),
  HEADER_STAR_CREDENTIALS(Kind.CORS),
  AUTHORIZATION_UNDER_STAR(Kind.CORS),

  SAME_ORIGIN_MODE(Kind.PAGE),
  NO_CORS_REDIRECT_MODE(Kind.PAGE),
  SCHEME_NOT_SUPPORTED(Kind.PAGE),
  MIXED_CONTENT(Kind.PAGE),
  BAD_PORT(Kind.PAGE),
  CONTENT_SECURITY_POLICY(Kind.PAGE),
  EMBEDDER_POLICY(Kind.PAGE),
  RESOURCE_POLICY(Kind.PAGE),
  OPAQUE_RESPONSE(Kind.PAGE),
  OPAQUE_RESPONSE_BLOCKED(Kind.PAGE),
  CANVAS_TAINTED(Kind.PAGE),
  INVALID_CALL(Kind.PAGE),
  FORBIDDEN_HEADER(Kind.PAGE),
  INTEGRITY(Kind.PAGE),
  REPORT_ONLY(Kind.PAGE),
  BLOCKED_BY_EXTENSION(Kind.PAGE),
  LOCAL_NETWORK_ACCESS(Kind.PAGE),
  REDIRECT_MODE_ERROR(Kind.PAGE),
  REDIRECT_LOOP(Kind.PAGE),
  REDIRECT_LEFT_ORIGIN(Kind.PAGE),
  REDIRECT_LOCATION(Kind.PAGE),
  REDIRECT_SCHEME(Kind.PAGE),
  REDIRECT_STREAM(Kind.PAGE),
  REFUSED_BY_BROWSER(Kind.PAGE),
  RESPONSE_HEADER_SENT(Kind.PAGE),
  BROWSER_HEADER_REFUSED(Kind.PAGE),
  SERVICE_WORKER(Kind.PAGE),
  WEBSOCKET_REFUSED(Kind.PAGE),
  WRONG_TYPE(Kind.PAGE),
  REQUEST_ABORTED(Kind.PAGE),

  NAME_NOT_RESOLVED(Kind.NETWORK),
  CONNECTION_REFUSED(Kind.NETWORK),
  CERTIFICATE(Kind.NETWORK),
  CLIENT_CERTIFICATE(Kind.NETWORK),
  TLS(Kind.NETWORK),
  UNREACHABLE(Kind.NETWORK),
  TIMEOUT(Kind.NETWORK),
  CONNECTION_CLOSED(Kind.NETWORK),
  MALFORMED_RESPONSE(Kind.NETWORK),
  DID_NOT_SUCCEED(Kind.NETWORK),
  ACCESS_CONTROL_CHECKS(Kind.NETWORK),
  NO_REASON_GIVEN(Kind.NETWORK),

  HTTP_ERROR(Kind.APPLICATION),
  COOKIE_NOT_KEPT(Kind.APPLICATION),
  COOKIE_NOT_SENT(Kind.APPLICATION),

  HEADERS_NOT_EXPOSED(Kind.COST),
  NO_MAX_AGE(Kind.COST),
  MAX_AGE_ZERO(Kind.COST),
  STAR_NOT_REMEMBERED(Kind.COST),
  PREFLIGHT_NEEDED(Kind.COST),
  VARY_MISSING(Kind.COST);

  /** Whose matter a problem is. */
  public enum Kind {
    /** The server's response breaks the CORS protocol. */
    CORS,
    /** The page, or the browser on its behalf, forbids it; no CORS header changes that. */
    PAGE,
    /** There is no response. */
    NETWORK,
    /** The page reads the response, which is not what it hoped for. */
    APPLICATION,
    /** It works, but slower or less reliably than it could. */
    COST
  }

  private static final String PREFLIGHT = "PREFLIGHT_";

  private static final Pattern RESPONSE_HEADER =
      Pattern.compile(
          "(?i)access-control-(allow-.*|expose-headers|max-age)|set-cookie|x-frame-options"
              + "|strict-transport-security|content-security-policy|cross-origin-[a-z]+-policy");

  private final Kind kind;

  Problem(Kind kind) {
    this.kind = kind;
  }

  /** What a response to a preflight with a status other than 200 to 299 shows. */
  public static Problem ofPreflightStatus(int status) {
    return switch (status) {
      case 401, 407 -> PREFLIGHT_UNAUTHORIZED;
      case 403 -> PREFLIGHT_FORBIDDEN;
      case 404, 405, 501 -> PREFLIGHT_NOT_HANDLED;
      default ->
          status >= 500
              ? PREFLIGHT_SERVER_ERROR
              : status >= 300 && status < 400 ? PREFLIGHT_REDIRECT : PREFLIGHT_STATUS;
    };
  }

  /**
   * What a redirect of a preflight shows.
   *
   * @param url the URL of the preflight
   * @param location where the redirect leads, a URL or a path
   */
  public static Problem ofPreflightRedirect(String url, String location) {
    boolean login = LoginPages.isLogin(location);
    if (url.startsWith("http:") && location.regionMatches(true, 0, "https:", 0, 6)) {
      return login ? PREFLIGHT_REDIRECT_LOGIN : PREFLIGHT_REDIRECT_HTTPS;
    }
    String path = path(url);
    String target = path(location);
    if (target.equals(path + "/") || path.equals(target + "/")) {
      return PREFLIGHT_REDIRECT_SLASH;
    }
    return login ? PREFLIGHT_REDIRECT_LOGIN : PREFLIGHT_REDIRECT;
  }

  /** What a request shows that got no response. */
  public static Problem ofFailure(TransportException.@Nullable Reason reason) {
    if (reason == null) {
      return UNREACHABLE;
    }
    return switch (reason) {
      case NAME_NOT_RESOLVED -> NAME_NOT_RESOLVED;
      case CONNECTION_REFUSED -> CONNECTION_REFUSED;
      case CERTIFICATE -> CERTIFICATE;
      case CLIENT_CERTIFICATE -> CLIENT_CERTIFICATE;
      case TLS -> TLS;
      case UNREACHABLE -> UNREACHABLE;
      case CLOSED -> CONNECTION_CLOSED;
      case MALFORMED -> MALFORMED_RESPONSE;
      case TIMEOUT -> TIMEOUT;
    };
  }

  private static String path(String url) {
    return url.replaceFirst("\\?.*", "").replaceFirst("^[A-Za-z]+://[^/]*", "");
  }

  /**
   * What an {@code Access-Control-Allow-Origin} with several values shows. Two layers are behind
   * two lines, behind a value that is there twice, and behind a {@code *} beside another; anything
   * else is a list that somebody wrote.
   *
   * @param lines the lines of the header, or the one value that a browser makes of them
   */
  public static Problem ofSeveralOrigins(List<String> lines) {
    List<String> origins =
        lines.stream().flatMap(line -> Arrays.stream(line.split("[,\\s]+"))).toList();
    boolean repeated = origins.stream().distinct().count() < origins.size();
    return lines.size() > 1 || repeated || origins.contains("*")
        ? ALLOW_ORIGIN_TWICE
        : ALLOW_ORIGIN_LIST;
  }

  /**
   * What it shows that the response to a preflight does not list these headers, where no server
   * should: a header of responses, or one that only browsers set. Empty if they are a page's to
   * set.
   */
  public static Optional<Problem> ofRefusedHeaders(List<String> names) {
    if (names.stream().anyMatch(RESPONSE_HEADER.asMatchPredicate())) {
      return Optional.of(RESPONSE_HEADER_SENT);
    }
    boolean ofBrowser =
        !names.isEmpty()
            && names.stream()
                .allMatch(
                    name -> !name.isBlank() && new Header(name, "").isForbiddenRequestHeader());
    return ofBrowser ? Optional.of(BROWSER_HEADER_REFUSED) : Optional.empty();
  }

  /** The same problem of the response to the preflight; this one if there is no such problem. */
  public Problem ofPreflight() {
    return Arrays.stream(values())
        .filter(each -> each.name().equals(PREFLIGHT + name()))
        .findFirst()
        .orElse(this);
  }

  /** Whether it is a problem of the response to a preflight. */
  public boolean isOfPreflight() {
    return name().startsWith(PREFLIGHT);
  }

  /** Whether it shows that the request goes with credentials. */
  boolean isOfCredentials() {
    return name().contains("CREDENTIALS_NOT_TRUE")
        || name().endsWith("STAR_CREDENTIALS")
        || name().endsWith("ALLOW_ORIGIN_WILDCARD");
  }

  /** Its name in reports and in {@code docs/problems}: {@code allow-origin-missing}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whose matter it is. */
  public Kind kind() {
    return kind;
  }

  /** What is the case: a sentence without a full stop. */
  public String title() {
    return ProblemTexts.of(this).title();
  }

  /** What that means, for somebody who does not know the standard. */
  public String why() {
    return ProblemTexts.of(this).why();
  }

  /** What to change, in a sentence that holds for any server. */
  public String fix() {
    return ProblemTexts.of(this).fix();
  }

  /** The file of {@code remedies} that says how to do so on each stack. */
  Optional<String> remedy() {
    return Optional.ofNullable(ProblemTexts.of(this).remedy());
  }
}
