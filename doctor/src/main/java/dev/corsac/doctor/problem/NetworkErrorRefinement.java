package dev.corsac.doctor.problem;

import dev.corsac.browser.Cause;
import dev.corsac.browser.Exchange;
import dev.corsac.browser.NetworkError;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.TransportException.Reason;
import dev.corsac.browser.WireResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells apart what a browser calls the same: the browser sees that a header is missing, the
 * exchanges show why.
 */
final class NetworkErrorRefinement {
  static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
  static final String ALLOW_METHODS = "Access-Control-Allow-Methods";
  static final String ALLOW_HEADERS = "Access-Control-Allow-Headers";
  static final String ALLOW_CREDENTIALS = "Access-Control-Allow-Credentials";

  private final NetworkError error;
  private final List<Exchange> exchanges;
  private final @Nullable WireResponse last;

  private NetworkErrorRefinement(Outcome.Blocked blocked) {
    this.error = blocked.error();
    this.exchanges = blocked.transcript();
    this.last = blocked.lastResponse().orElse(null);
  }

  /** The one problem behind the error. */
  static Problem of(Outcome.Blocked blocked) {
    return new NetworkErrorRefinement(blocked).problem();
  }

  private Problem problem() {
    return switch (error.cause()) {
      case ALLOW_ORIGIN_MISSING -> withoutAllowOrigin();
      case ALLOW_ORIGIN_MULTIPLE -> several();
      case ALLOW_ORIGIN_INVALID -> Problem.ALLOW_ORIGIN_INVALID;
      case ALLOW_ORIGIN_MISMATCH ->
          becameNull() ? Problem.REDIRECT_NULL_ORIGIN : Problem.ALLOW_ORIGIN_MISMATCH;
      case ALLOW_ORIGIN_WILDCARD -> Problem.ALLOW_ORIGIN_WILDCARD;
      case ALLOW_CREDENTIALS_NOT_TRUE -> Problem.ALLOW_CREDENTIALS_NOT_TRUE;
      case PREFLIGHT_ALLOW_ORIGIN_MISSING ->
          preflightStatus(Problem.PREFLIGHT_ALLOW_ORIGIN_MISSING);
      case PREFLIGHT_STATUS -> preflightStatus(Problem.PREFLIGHT_STATUS);
      case PREFLIGHT_REDIRECT -> preflightRedirect();
      case PREFLIGHT_ALLOW_ORIGIN_MULTIPLE -> several().ofPreflight();
      case PREFLIGHT_ALLOW_ORIGIN_INVALID -> Problem.PREFLIGHT_ALLOW_ORIGIN_INVALID;
      case PREFLIGHT_ALLOW_ORIGIN_MISMATCH ->
          becameNull() ? Problem.REDIRECT_NULL_ORIGIN : Problem.PREFLIGHT_ALLOW_ORIGIN_MISMATCH;
      case PREFLIGHT_ALLOW_ORIGIN_WILDCARD -> Problem.PREFLIGHT_ALLOW_ORIGIN_WILDCARD;
      case PREFLIGHT_ALLOW_CREDENTIALS_NOT_TRUE -> Problem.PREFLIGHT_ALLOW_CREDENTIALS_NOT_TRUE;
      case PREFLIGHT_ALLOW_METHODS_INVALID -> Problem.PREFLIGHT_ALLOW_METHODS_INVALID;
      case PREFLIGHT_ALLOW_HEADERS_INVALID -> Problem.PREFLIGHT_ALLOW_HEADERS_INVALID;
      case METHOD_NOT_ALLOWED -> method();
      case HEADER_NOT_ALLOWED -> header();
      case SAME_ORIGIN_MODE -> Problem.SAME_ORIGIN_MODE;
      case NO_CORS_REDIRECT_MODE -> Problem.NO_CORS_REDIRECT_MODE;
      case SCHEME_NOT_SUPPORTED ->
          exchanges.isEmpty() ? Problem.SCHEME_NOT_SUPPORTED : Problem.REDIRECT_SCHEME;
      case MIXED_CONTENT -> Problem.MIXED_CONTENT;
      case BAD_PORT -> Problem.BAD_PORT;
      case RESOURCE_POLICY -> Problem.RESOURCE_POLICY;
      case REDIRECT_MODE_ERROR -> Problem.REDIRECT_MODE_ERROR;
      case REDIRECT_COUNT -> Problem.REDIRECT_LOOP;
      case REDIRECT_LEFT_ORIGIN -> Problem.REDIRECT_LEFT_ORIGIN;
      case REDIRECT_LOCATION -> Problem.REDIRECT_LOCATION;
      case REDIRECT_SCHEME -> Problem.REDIRECT_SCHEME;
      case REDIRECT_CREDENTIALS, REDIRECT_CREDENTIALS_ANYWHERE -> Problem.REDIRECT_CREDENTIALS;
      case REDIRECT_STREAM -> Problem.REDIRECT_STREAM;
      case UNREACHABLE -> unreachable();
      case CONNECTION_CLOSED -> Problem.CONNECTION_CLOSED;
      case MALFORMED_RESPONSE -> Problem.MALFORMED_RESPONSE;
      case TIMEOUT -> Problem.TIMEOUT;
      case REFUSED_BY_BROWSER -> Problem.REFUSED_BY_BROWSER;
    };
  }

  /** The header of the last response that decides; empty if it is the status. */
  static String decidingHeader(Cause cause) {
    return switch (cause) {
      case ALLOW_ORIGIN_MISSING,
          ALLOW_ORIGIN_MULTIPLE,
          ALLOW_ORIGIN_INVALID,
          ALLOW_ORIGIN_MISMATCH,
          ALLOW_ORIGIN_WILDCARD,
          PREFLIGHT_ALLOW_ORIGIN_MISSING,
          PREFLIGHT_ALLOW_ORIGIN_MULTIPLE,
          PREFLIGHT_ALLOW_ORIGIN_INVALID,
          PREFLIGHT_ALLOW_ORIGIN_MISMATCH,
          PREFLIGHT_ALLOW_ORIGIN_WILDCARD ->
          ALLOW_ORIGIN;
      case ALLOW_CREDENTIALS_NOT_TRUE, PREFLIGHT_ALLOW_CREDENTIALS_NOT_TRUE -> ALLOW_CREDENTIALS;
      case PREFLIGHT_ALLOW_METHODS_INVALID, METHOD_NOT_ALLOWED -> ALLOW_METHODS;
      case PREFLIGHT_ALLOW_HEADERS_INVALID, HEADER_NOT_ALLOWED -> ALLOW_HEADERS;
      case REDIRECT_LOCATION,
          REDIRECT_SCHEME,
          REDIRECT_CREDENTIALS,
          REDIRECT_CREDENTIALS_ANYWHERE ->
          "Location";
      case RESOURCE_POLICY -> "Cross-Origin-Resource-Policy";
      default -> "";
    };
  }

  private Problem withoutAllowOrigin() {
    String location = last == null ? null : last.headers().get("Location");
    if (location != null && error.status() / 100 == 3) {
      return LoginPages.isLogin(location)
          ? Problem.REDIRECT_TO_LOGIN
          : Problem.REDIRECT_WITHOUT_HEADERS;
    }
    boolean redirected = exchanges.stream().filter(each -> !isPreflight(each)).count() > 1;
    if (redirected && LoginPages.isLogin(error.url())) {
      return Problem.REDIRECT_TO_LOGIN;
    }
    if (error.status() >= 400) {
      return Problem.ERROR_WITHOUT_HEADERS;
    }
    return becameNull() ? Problem.REDIRECT_NULL_ORIGIN : Problem.ALLOW_ORIGIN_MISSING;
  }

  private Problem preflightStatus(Problem otherwise) {
    int status = error.status();
    boolean challenge =
        last != null
            && (last.headers().contains("WWW-Authenticate")
                || last.headers().contains("Proxy-Authenticate"));
    if (status == 403 && challenge) {
      return Problem.PREFLIGHT_UNAUTHORIZED;
    }
    if (status / 100 == 3 && last != null && last.headers().contains("Location")) {
      return preflightRedirect();
    }
    return status < 400 || Problem.ofPreflightStatus(status) == Problem.PREFLIGHT_STATUS
        ? otherwise
        : Problem.ofPreflightStatus(status);
  }

  private Problem preflightRedirect() {
    String location = last == null ? null : last.headers().get("Location");
    if (location == null) {
      return Problem.PREFLIGHT_REDIRECT;
    }
    return Problem.ofPreflightRedirect(error.url(), location);
  }

  private Problem several() {
    return Problem.ofSeveralOrigins(last == null ? List.of() : last.headers().values(ALLOW_ORIGIN));
  }

  private Problem method() {
    List<String> listed = listed(ALLOW_METHODS);
    if (listed.stream().anyMatch(error.parameter()::equalsIgnoreCase)) {
      return Problem.METHOD_CASE;
    }
    return listed.contains("*") ? Problem.METHOD_STAR_CREDENTIALS : Problem.METHOD_NOT_ALLOWED;
  }

  private Problem header() {
    Optional<Problem> nobodys = Problem.ofRefusedHeaders(error.refusedHeaders());
    if (nobodys.isPresent()) {
      return nobodys.get();
    }
    if (!listed(ALLOW_HEADERS).contains("*")) {
      return Problem.HEADER_NOT_ALLOWED;
    }
    List<String> refused = error.refusedHeaders();
    boolean onlyAuthorization =
        refused.stream().allMatch(name -> name.equalsIgnoreCase("Authorization"));
    return onlyAuthorization && !refused.isEmpty()
        ? Problem.AUTHORIZATION_UNDER_STAR
        : Problem.HEADER_STAR_CREDENTIALS;
  }

  private Problem unreachable() {
    Reason reason =
        exchanges.isEmpty() ? null : exchanges.get(exchanges.size() - 1).failureReason();
    return Problem.ofFailure(reason);
  }

  private boolean becameNull() {
    return error.origin().equals("null") && !error.pageOrigin().equals("null");
  }

  private List<String> listed(String header) {
    return last == null ? List.of() : last.headers().list(header);
  }

  private static boolean isPreflight(Exchange exchange) {
    return exchange.request().isPreflight();
  }
}
