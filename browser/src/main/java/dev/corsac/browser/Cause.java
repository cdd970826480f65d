package dev.corsac.browser;

import org.jspecify.annotations.Nullable;

/**
 * Why a browser keeps a response from a page: the one check that failed first.
 *
 * <p>Each knows its step of the standard, the name Chromium gives it ({@code
 * Network.CorsErrorStatus}), and what the server must do.
 */
public enum Cause {
  /** {@code Access-Control-Allow-Origin} is absent. */
  ALLOW_ORIGIN_MISSING("cors-check", "MissingAllowOriginHeader", Fixes.ALLOW_ORIGIN),
  /** It has more than one value. */
  ALLOW_ORIGIN_MULTIPLE("cors-check", "MultipleAllowOriginValues", Fixes.ONE_ORIGIN),
  /** It is not an origin. */
  ALLOW_ORIGIN_INVALID("cors-check", "InvalidAllowOriginValue", Fixes.ALLOW_ORIGIN),
  /** It is another origin. */
  ALLOW_ORIGIN_MISMATCH("cors-check", "AllowOriginMismatch", Fixes.ALLOW_ORIGIN),
  /** It is {@code *}, but the request goes with credentials. */
  ALLOW_ORIGIN_WILDCARD("cors-check", "WildcardOriginNotAllowed", Fixes.WILDCARD),
  /** {@code Access-Control-Allow-Credentials} is not {@code true}. */
  ALLOW_CREDENTIALS_NOT_TRUE("cors-check", "InvalidAllowCredentials", Fixes.CREDENTIALS),

  /** {@code Access-Control-Allow-Origin} of the preflight's response is absent. */
  PREFLIGHT_ALLOW_ORIGIN_MISSING(
      "cors-preflight-fetch", "PreflightMissingAllowOriginHeader", Fixes.PREFLIGHT_ORIGIN),
  /** That of the preflight's response has more than one value. */
  PREFLIGHT_ALLOW_ORIGIN_MULTIPLE(
      "cors-preflight-fetch", "PreflightMultipleAllowOriginValues", Fixes.ONE_ORIGIN),
  /** That of the preflight's response is not an origin. */
  PREFLIGHT_ALLOW_ORIGIN_INVALID(
      "cors-preflight-fetch", "PreflightInvalidAllowOriginValue", Fixes.PREFLIGHT_ORIGIN),
  /** That of the preflight's response is another origin. */
  PREFLIGHT_ALLOW_ORIGIN_MISMATCH(
      "cors-preflight-fetch", "PreflightAllowOriginMismatch", Fixes.PREFLIGHT_ORIGIN),
  /** That of the preflight's response is {@code *}, but the request goes with credentials. */
  PREFLIGHT_ALLOW_ORIGIN_WILDCARD(
      "cors-preflight-fetch", "PreflightWildcardOriginNotAllowed", Fixes.WILDCARD),
  /** {@code Access-Control-Allow-Credentials} of the preflight's response is not {@code true}. */
  PREFLIGHT_ALLOW_CREDENTIALS_NOT_TRUE(
      "cors-preflight-fetch", "PreflightInvalidAllowCredentials", Fixes.CREDENTIALS),
  /** The preflight was answered with a redirect. */
  PREFLIGHT_REDIRECT(
      "cors-preflight-fetch",
      "PreflightDisallowedRedirect",
      "Answer OPTIONS at this URL itself; often it is http->https, a trailing slash or a login page"
          + " that redirects. Call the final URL, or answer preflights before redirecting."),
  /** The preflight was answered with a status other than 200 to 299. */
  PREFLIGHT_STATUS(
      "cors-preflight-fetch",
      "PreflightInvalidStatus",
      "Answer OPTIONS with 200 or 204: before authentication, and for this path."),
  /** {@code Access-Control-Allow-Methods} is not a list of methods. */
  PREFLIGHT_ALLOW_METHODS_INVALID(
      "cors-preflight-fetch",
      "InvalidAllowMethodsPreflightResponse",
      "Write Access-Control-Allow-Methods as a list of method names: GET, PUT."),
  /** {@code Access-Control-Allow-Headers} is not a list of header names. */
  PREFLIGHT_ALLOW_HEADERS_INVALID(
      "cors-preflight-fetch",
      "InvalidAllowHeadersPreflightResponse",
      "Write Access-Control-Allow-Headers as a list of header names: Content-Type, X-Custom."),
  /** The method is not in {@code Access-Control-Allow-Methods}. */
  METHOD_NOT_ALLOWED(
      "cors-preflight-fetch",
      "MethodDisallowedByPreflightResponse",
      "Add the method, in this case, to Access-Control-Allow-Methods of the preflight's answer."),
  /** A header is not in {@code Access-Control-Allow-Headers}. */
  HEADER_NOT_ALLOWED(
      "cors-preflight-fetch",
      "HeaderDisallowedByPreflightResponse",
      "Add the header to Access-Control-Allow-Headers of the preflight's answer."),

  /** The page asked for its own origin only, and the URL is another one's. */
  SAME_ORIGIN_MODE(
      "main-fetch", "DisallowedByMode", "Ask with mode cors, or for a URL of the page's origin."),
  /** Mode no-cors permits no redirect mode but follow. */
  NO_CORS_REDIRECT_MODE(
      "main-fetch", "NoCorsRedirectModeNotFollow", "Ask with redirect follow, or with mode cors."),
  /** The URL's scheme is not one for which there is CORS. */
  SCHEME_NOT_SUPPORTED("main-fetch", "CorsDisabledScheme", "Ask for an http or https URL."),
  /** An https page asks for plain http. */
  MIXED_CONTENT("main-fetch", null, "Serve the API over https."),
  /** Browsers do not connect to this port. */
  BAD_PORT("main-fetch", null, "Serve the API on a port browsers connect to: 443, 8080, 8443."),
  /** {@code Cross-Origin-Resource-Policy} of the response forbids it. */
  RESOURCE_POLICY(
      "cross-origin-resource-policy-check",
      null,
      "Answer with Cross-Origin-Resource-Policy: cross-origin, or ask with CORS."),

  /** A redirect, although the page asked for none. */
  REDIRECT_MODE_ERROR("http-fetch", null, "Call the final URL, or ask with redirect follow."),
  /** More than 20 redirects. */
  REDIRECT_COUNT("http-redirect-fetch", null, "Break the redirect loop."),
  /** A redirect led a request of mode same-origin to another origin. */
  REDIRECT_LEFT_ORIGIN(
      "main-fetch", null, "Ask with mode cors, or redirect within the page's origin."),
  /** The Location of a redirect is not a URL. */
  REDIRECT_LOCATION("http-redirect-fetch", null, "Send a Location that is a URL."),
  /** A redirect to a URL that is not http or https. */
  REDIRECT_SCHEME("http-redirect-fetch", null, "Redirect to an http or https URL."),
  /** A redirect to a URL with a user name or password. */
  REDIRECT_CREDENTIALS(
      "http-redirect-fetch",
      "RedirectContainsCredentials",
      "Redirect to a URL without user name and password."),
  /** A redirect to a URL with a user name or password that only the engine refuses. */
  REDIRECT_CREDENTIALS_ANYWHERE(
      "http-redirect-fetch", null, "Redirect to a URL without user name and password."),
  /** A redirect of a request whose body is a stream. */
  REDIRECT_STREAM("http-redirect-fetch", null, "Call the final URL: a stream is sent only once."),

  /** There is no server at that host and port. */
  UNREACHABLE("http-network-fetch", null, "Start the server, or correct host and port."),
  /** The connection ended before there was a response. */
  CONNECTION_CLOSED("http-network-fetch", null, "Look into the server's log for why it hung up."),
  /** The response is not HTTP. */
  MALFORMED_RESPONSE("http-network-fetch", null, "Send well-formed HTTP."),
  /** The response did not end in time. */
  TIMEOUT("http-network-fetch", null, "Answer in time."),
  /** The browser's network stack refuses this request or response. */
  REFUSED_BY_BROWSER("http-network-fetch", null, "Avoid what the message names.");

  private final String section;
  private final @Nullable String chromiumError;
  private final String fix;

  Cause(String section, @Nullable String chromiumError, String fix) {
    this.section = section;
    this.chromiumError = chromiumError;
    this.fix = fix;
  }

  /** The section of the standard whose step failed. */
  public String section() {
    return "https://fetch.spec.whatwg.org/#" + section;
  }

  /** Chromium's {@code CorsError} name, or null where Chromium sees no CORS error. */
  public @Nullable String chromiumError() {
    return chromiumError;
  }

  /** What to change. */
  public String fix() {
    return fix;
  }

  /** Whether a step of the CORS protocol failed, rather than the network or the page's call. */
  public boolean isCors() {
    return chromiumError != null;
  }

  /** The same cause where the preflight's response is checked. */
  Cause ofPreflight() {
    return switch (this) {
      case ALLOW_ORIGIN_MISSING -> PREFLIGHT_ALLOW_ORIGIN_MISSING;
      case ALLOW_ORIGIN_MULTIPLE -> PREFLIGHT_ALLOW_ORIGIN_MULTIPLE;
      case ALLOW_ORIGIN_INVALID -> PREFLIGHT_ALLOW_ORIGIN_INVALID;
      case ALLOW_ORIGIN_MISMATCH -> PREFLIGHT_ALLOW_ORIGIN_MISMATCH;
      case ALLOW_ORIGIN_WILDCARD -> PREFLIGHT_ALLOW_ORIGIN_WILDCARD;
      case ALLOW_CREDENTIALS_NOT_TRUE -> PREFLIGHT_ALLOW_CREDENTIALS_NOT_TRUE;
      default -> this;
    };
  }

  /** The cause whose {@link #ofPreflight} this is. */
  Cause ofActualResponse() {
    for (Cause cause : values()) {
      if (cause != this && cause.ofPreflight() == this) {
        return cause;
      }
    }
    return this;
  }

  /** The texts several causes share. */
  private static final class Fixes {
    static final String ALLOW_ORIGIN =
        "Answer with Access-Control-Allow-Origin set to the page's origin, byte for byte.";
    static final String PREFLIGHT_ORIGIN =
        "Answer OPTIONS with Access-Control-Allow-Origin set to the page's origin, byte for byte.";
    static final String ONE_ORIGIN =
        "Send one Access-Control-Allow-Origin with one origin: only one of application, framework"
            + " and proxy may set it.";
    static final String WILDCARD =
        "Answer with the page's origin instead of *, or ask without credentials.";
    static final String CREDENTIALS =
        "Answer with Access-Control-Allow-Credentials: true, or ask without credentials.";

    private Fixes() {}
  }
}
