package dev.corsac.gateway.explain;

import dev.corsac.CorsRequest;
import dev.corsac.Decision;
import dev.corsac.Reason;
import dev.corsac.browser.Headers;
import dev.corsac.gateway.http.Authority;
import dev.corsac.gateway.http.MalformedMessageException;
import dev.corsac.gateway.http.RequestTarget;
import dev.corsac.gateway.route.Route;
import dev.corsac.gateway.route.ServingConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what a configuration would do with a request, and does nothing. Immutable. */
final class Ruler {
  private final ServingConfig config;

  Ruler(ServingConfig config) {
    this.config = config;
  }

  private record Asked(String method, String path, @Nullable Authority asked, Headers lines)
      implements CorsRequest {
    @Override
    public List<String> headers(String name) {
      return lines.values(name);
    }

    @Override
    public @Nullable String authority() {
      return asked == null ? null : asked.toString();
    }
  }

  /**
   * What would be done.
   *
   * @param target absolute
   * @throws MalformedMessageException if it is not one that a request can have
   */
  Ruled rule(String method, String target, Headers headers) throws MalformedMessageException {
    RequestTarget read = RequestTarget.parse(method, target);
    Authority authority = read.authority();
    if (!config.answersTo(authority)) {
      return refused(
          "none",
          Reason.HOST_NOT_ALLOWED,
          421,
          "hosts",
          "The gateway does not answer to the name " + authority + ".");
    }
    Route route = config.route(authority, read.path());
    if (route.ambiguous()) {
      return refused(
          "none",
          Reason.PATH_AMBIGUOUS,
          400,
          "routes",
          "The path can be read in two ways that lead to different routes.");
    }
    CorsRequest asked = new Asked(method, read.path(), authority, headers);
    Decision decision = route.policy().decide(asked);
    boolean goesOn = decision instanceof Decision.Proceed;
    List<String> steps = new ArrayList<>();
    steps.add(
        route.name().equals(ServingConfig.REST)
            ? "No route of the file takes it, so what stands outside of routes counts."
            : "The route " + route.name() + " takes it.");
    steps.add(said(decision.reason()));
    decision
        .reported()
        .ifPresent(
            reported -> steps.add("enforce_report would have it refused: " + reported.id() + "."));
    if (decision instanceof Decision.Answer answer) {
      steps.add(
          "The gateway answers with "
              + answer.status()
              + (decision.headers().containsKey("Access-Control-Allow-Origin")
                  ? ". No upstream sees it."
                  : ", without a permission to read. No upstream sees it."));
      return ruled(route, decision, asked, false, answer.status(), steps);
    }
    steps.addAll(afterwards(route));
    boolean leads = route.site() != null || route.upstream() != null;
    return ruled(route, decision, asked, goesOn && leads, leads ? 200 : 404, steps);
  }

  private static Ruled ruled(
      Route route,
      Decision decision,
      CorsRequest asked,
      boolean goesOn,
      int status,
      List<String> steps) {
    return new Ruled(
        route.name(),
        decision.reason().id(),
        decision.describe(asked),
        key(decision.reason()),
        goesOn,
        status,
        Ruled.headers(decision.headers()),
        List.copyOf(steps));
  }

  private static Ruled refused(String route, Reason reason, int status, String key, String why) {
    return new Ruled(
        route,
        reason.id(),
        reason.id(),
        key,
        false,
        status,
        Headers.of(),
        List.of(why, "The gateway refuses it with " + status + ". No upstream sees it."));
  }

  private static List<String> afterwards(Route route) {
    List<String> steps = new ArrayList<>();
    List<String> guards = route.options().guards().names();
    if (!guards.isEmpty()) {
      steps.add(
          "Then it is up to the guards, which are not asked here: "
              + String.join(", ", guards)
              + ". Below, they let it in.");
    }
    if (route.site() != null) {
      steps.add("A file of the site is sent.");
    } else if (route.upstream() == null) {
      steps.add("There is no upstream for this path, so the gateway answers with 404.");
    } else {
      steps.add("It goes to " + route.upstream() + ". Below, that answers with 200.");
    }
    return steps;
  }

  /** Which key of the file decided. */
  private static String key(Reason reason) {
    return switch (reason) {
      case NO_POLICY, NO_ORIGIN, SAME_ORIGIN -> "";
      case ORIGIN_ALLOWED, ORIGIN_NOT_ALLOWED, ORIGIN_MALFORMED, ORIGIN_REPEATED -> "allow_origins";
      case PREFLIGHT_ALLOWED -> "allow_origins, allow_methods, allow_headers";
      case METHOD_NOT_ALLOWED -> "allow_methods";
      case HEADER_NOT_ALLOWED, REQUEST_HEADERS_MALFORMED -> "allow_headers";
      case CROSS_SITE_WITHOUT_ORIGIN -> "enforce";
      case ORIGIN_TRUSTED -> "trusted_origins";
      case CREDENTIALS_NOT_ALLOWED -> "allow_credentials";
      case HOST_NOT_ALLOWED -> "hosts";
      case PATH_AMBIGUOUS -> "routes";
    };
  }

  private static String said(Reason reason) {
    return switch (reason) {
      case NO_POLICY -> "This path has no policy: CORS headers are neither added nor removed.";
      case NO_ORIGIN -> "It has no Origin header: it is no CORS request, and it passes.";
      case ORIGIN_ALLOWED -> "The policy allows the origin: the page may read the response.";
      case PREFLIGHT_ALLOWED ->
          "It is a preflight, and the policy allows its origin, its method and its headers.";
      case ORIGIN_NOT_ALLOWED -> "The origin is not among those that allow_origins lists.";
      case ORIGIN_MALFORMED -> "The Origin header is not an origin as browsers write it.";
      case ORIGIN_REPEATED -> "There is more than one Origin header; no browser sends that.";
      case METHOD_NOT_ALLOWED -> "It is a preflight for a method that allow_methods does not list.";
      case HEADER_NOT_ALLOWED -> "It is a preflight for a header that allow_headers does not list.";
      case REQUEST_HEADERS_MALFORMED ->
          "Access-Control-Request-Headers is not a list of names, or longer than all allowed ones.";
      case CROSS_SITE_WITHOUT_ORIGIN ->
          "It has no Origin header, and Sec-Fetch-Site says that it comes from elsewhere: enforce"
              + " refuses it.";
      case SAME_ORIGIN -> "It comes from the server's own origin.";
      case ORIGIN_TRUSTED -> "trusted_origins lets the origin act, though it may not read.";
      case CREDENTIALS_NOT_ALLOWED ->
          "The origin may read without credentials only, and the request has some: enforce refuses"
              + " it.";
      case HOST_NOT_ALLOWED -> "The gateway does not answer to that name.";
      case PATH_AMBIGUOUS -> "The path can be read in two ways that lead to different routes.";
    };
  }
}
