package dev.corsac.doctor.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.browser.Browser;
import dev.corsac.browser.Cause;
import dev.corsac.browser.CredentialsMode;
import dev.corsac.browser.Engine;
import dev.corsac.browser.NetworkError;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.RedirectMode;
import dev.corsac.browser.Transport;
import dev.corsac.browser.TransportException;
import dev.corsac.browser.WireResponse;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the browser's model prints for each cause is explained as that cause. */
class ModelConsoleTest {
  private static final String URL = "https://api.example.com/data";
  private static final Page PAGE = Page.of("https://app.example.com");
  private static final PageRequest GET = PageRequest.fetch(URL);
  private static final PageRequest PUT = GET.method("PUT").header("X-Custom", "1");

  private record Case(Engine engine, PageRequest request, Transport server) {}

  private static final Map<Cause, Case> CASES = cases();

  private static Map<Cause, Case> cases() {
    Map<Cause, Case> cases = new EnumMap<>(Cause.class);
    PageRequest login = GET.credentials(CredentialsMode.INCLUDE);
    PageRequest loginPut = PUT.credentials(CredentialsMode.INCLUDE);
    String origin = PAGE.origin();
    answers(cases, Cause.ALLOW_ORIGIN_MISSING, GET, 200);
    answers(
        cases,
        Cause.ALLOW_ORIGIN_MULTIPLE,
        GET,
        200,
        "Access-Control-Allow-Origin",
        origin + ", https://b.example");
    answers(
        cases,
        Cause.ALLOW_ORIGIN_INVALID,
        GET,
        200,
        "Access-Control-Allow-Origin",
        "app.example.com");
    answers(
        cases, Cause.ALLOW_ORIGIN_MISMATCH, GET, 200, "Access-Control-Allow-Origin", origin + "/");
    answers(cases, Cause.ALLOW_ORIGIN_WILDCARD, login, 200, "Access-Control-Allow-Origin", "*");
    answers(
        cases, Cause.ALLOW_CREDENTIALS_NOT_TRUE, login, 200, "Access-Control-Allow-Origin", origin);
    answers(cases, Cause.PREFLIGHT_ALLOW_ORIGIN_MISSING, PUT, 200);
    answers(
        cases,
        Cause.PREFLIGHT_ALLOW_ORIGIN_MULTIPLE,
        PUT,
        200,
        "Access-Control-Allow-Origin",
        origin + "," + origin);
    answers(
        cases,
        Cause.PREFLIGHT_ALLOW_ORIGIN_INVALID,
        PUT,
        200,
        "Access-Control-Allow-Origin",
        "app.example.com");
    answers(
        cases,
        Cause.PREFLIGHT_ALLOW_ORIGIN_MISMATCH,
        PUT,
        200,
        "Access-Control-Allow-Origin",
        "http://app.example.com");
    answers(
        cases,
        Cause.PREFLIGHT_ALLOW_ORIGIN_WILDCARD,
        loginPut,
        200,
        "Access-Control-Allow-Origin",
        "*");
    answers(
        cases,
        Cause.PREFLIGHT_ALLOW_CREDENTIALS_NOT_TRUE,
        loginPut,
        200,
        "Access-Control-Allow-Origin",
        origin);
    answers(
        cases,
        Cause.PREFLIGHT_REDIRECT,
        PUT,
        302,
        "Location",
        "/v2/data",
        "Access-Control-Allow-Origin",
        "*");
    answers(cases, Cause.PREFLIGHT_STATUS, PUT, 404, "Access-Control-Allow-Origin", "*");
    answers(
        cases,
        Cause.PREFLIGHT_ALLOW_METHODS_INVALID,
        PUT,
        200,
        "Access-Control-Allow-Origin",
        "*",
        "Access-Control-Allow-Methods",
        "GET; PUT");
    answers(
        cases,
        Cause.PREFLIGHT_ALLOW_HEADERS_INVALID,
        PUT,
        200,
        "Access-Control-Allow-Origin",
        "*",
        "Access-Control-Allow-Methods",
        "PUT",
        "Access-Control-Allow-Headers",
        "x y");
    answers(cases, Cause.METHOD_NOT_ALLOWED, PUT, 200, "Access-Control-Allow-Origin", "*");
    answers(
        cases,
        Cause.HEADER_NOT_ALLOWED,
        PUT,
        200,
        "Access-Control-Allow-Origin",
        "*",
        "Access-Control-Allow-Methods",
        "PUT");
    answers(cases, Cause.SAME_ORIGIN_MODE, GET.mode("same-origin"), 200);
    answers(
        cases, Cause.NO_CORS_REDIRECT_MODE, GET.mode("no-cors").redirect(RedirectMode.ERROR), 200);
    answers(cases, Cause.SCHEME_NOT_SUPPORTED, PageRequest.fetch("ftp://api.example.com/"), 200);
    answers(cases, Cause.MIXED_CONTENT, PageRequest.fetch("http://api.example.com/"), 200);
    answers(cases, Cause.BAD_PORT, PageRequest.fetch("https://api.example.com:6666/"), 200);
    answers(
        cases,
        Cause.RESOURCE_POLICY,
        GET.mode("no-cors"),
        200,
        "Cross-Origin-Resource-Policy",
        "same-origin");
    answers(
        cases,
        Cause.REDIRECT_MODE_ERROR,
        GET.redirect(RedirectMode.ERROR),
        302,
        "Location",
        "/x",
        "Access-Control-Allow-Origin",
        "*");
    answers(
        cases,
        Cause.REDIRECT_COUNT,
        GET,
        302,
        "Location",
        "/x",
        "Access-Control-Allow-Origin",
        "*");
    answers(
        cases,
        Cause.REDIRECT_LEFT_ORIGIN,
        PageRequest.fetch(origin + "/x").mode("same-origin"),
        302,
        "Location",
        URL);
    answers(
        cases,
        Cause.REDIRECT_LOCATION,
        GET,
        302,
        "Location",
        "http://[",
        "Access-Control-Allow-Origin",
        "*");
    cases.put(
        Cause.REDIRECT_SCHEME,
        new Case(
            Engine.FIREFOX,
            GET,
            ignored ->
                WireResponse.of(302, "Location", "foo:bar", "Access-Control-Allow-Origin", "*")));
    answers(
        cases,
        Cause.REDIRECT_CREDENTIALS,
        GET,
        302,
        "Location",
        "https://user@api.example.com/",
        "Access-Control-Allow-Origin",
        "*");
    answers(
        cases,
        Cause.REDIRECT_CREDENTIALS_ANYWHERE,
        GET.mode("no-cors"),
        302,
        "Location",
        "https://user@api.example.com/");
    fails(cases, Cause.UNREACHABLE, TransportException.Reason.UNREACHABLE);
    fails(cases, Cause.CONNECTION_CLOSED, TransportException.Reason.CLOSED);
    fails(cases, Cause.MALFORMED_RESPONSE, TransportException.Reason.MALFORMED);
    fails(cases, Cause.TIMEOUT, TransportException.Reason.TIMEOUT);
    return cases;
  }

  private static void answers(
      Map<Cause, Case> cases, Cause cause, PageRequest request, int status, String... headers) {
    cases.put(
        cause, new Case(Engine.CHROMIUM, request, ignored -> WireResponse.of(status, headers)));
  }

  private static void fails(Map<Cause, Case> cases, Cause cause, TransportException.Reason reason) {
    cases.put(
        cause,
        new Case(
            Engine.CHROMIUM,
            GET,
            ignored -> {
              throw new TransportException(reason, "no answer");
            }));
  }

  /** A stream as the body, and what only the engine refuses, have no line in any console. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"REDIRECT_STREAM", "REFUSED_BY_BROWSER"})
  void lineIsExplainedAsItsCause(Cause cause) {
    Case given = Objects.requireNonNull(CASES.get(cause), cause::name);
    Outcome.Blocked blocked =
        Browser.builder(given.engine(), given.server())
            .build()
            .load(PAGE, given.request())
            .assertBlocked(cause);
    NetworkError error = blocked.error();
    for (Engine engine : Engine.values()) {
      String line = error.consoleLine(engine);
      if (line == null) {
        continue;
      }
      List<Explanation> found = Explainer.explain(line);
      assertThat(found).as(line).hasSize(1);
      Explanation explanation = found.get(0);
      assertThat(explanation.browser().orElse(engine)).as(line).isEqualTo(engine);
      if (engine == Engine.CHROMIUM && cause.chromiumError() != null) {
        assertThat(CorsErrors.problems(cause.chromiumError()))
            .as(line)
            .contains(explanation.problem());
      }
      List<Problem> said = new ArrayList<>(explanation.candidates());
      said.add(explanation.problem());
      assertThat(said).as(line).contains(ProblemCase.of(blocked).problem());
    }
  }
}
