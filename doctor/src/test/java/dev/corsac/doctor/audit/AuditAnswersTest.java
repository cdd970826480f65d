package dev.corsac.doctor.audit;

import static dev.corsac.doctor.audit.Fixture.audit;
import static dev.corsac.doctor.audit.Fixture.summary;
import static dev.corsac.doctor.audit.RightServer.ONLY_APP;
import static dev.corsac.doctor.audit.RightServer.always;
import static dev.corsac.doctor.audit.RightServer.but;
import static dev.corsac.doctor.audit.RightServer.butAllowed;
import static dev.corsac.doctor.audit.RightServer.butPreflight;
import static dev.corsac.doctor.audit.RightServer.butWith;
import static dev.corsac.doctor.audit.RightServer.credentialed;
import static dev.corsac.doctor.audit.RightServer.echo;
import static dev.corsac.doctor.audit.RightServer.with;
import static dev.corsac.doctor.audit.RightServer.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.corsac.browser.WireResponse;
import dev.corsac.doctor.audit.Fixture.Behaviour;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** For each mistake in answers a server that makes it, and all that is found there. */
class AuditAnswersTest {
  private static final String APP = Fixture.APP;

  static Stream<Arguments> headers() {
    return Stream.of(
        arguments(
            "Referer",
            (Behaviour)
                asked -> {
                  String referer = asked.header("Referer");
                  String origin = referer == null ? asked.origin() : referer.replaceFirst("/$", "");
                  return credentialed(o -> ONLY_APP.test(o) || referer != null)
                      .answer(asked, origin);
                },
            "critical referer-origin"),
        arguments(
            "a line break",
            (Behaviour)
                asked -> {
                  WireResponse answer = credentialed(ONLY_APP).answer(asked);
                  return String.valueOf(asked.origin()).contains("%0d%0aX-Corsac-Audit:")
                      ? with(answer, "X-Corsac-Audit", "injected")
                      : answer;
                },
            "high header-injection"),
        arguments(
            "an exception",
            (Behaviour)
                asked -> {
                  try {
                    new URI(Objects.requireNonNullElse(asked.origin(), APP));
                    return credentialed(ONLY_APP).answer(asked);
                  } catch (URISyntaxException e) {
                    return WireResponse.of(500);
                  }
                },
            "low origin-server-error"),
        arguments(
            "two lines",
            butAllowed(
                answer ->
                    WireResponse.of(
                        answer.status(),
                        answer.headers().with("Access-Control-Allow-Origin", APP))),
            "low allow-origin-twice"),
        arguments(
            "a list in the header",
            always("Access-Control-Allow-Origin", APP + ", https://www.example.com"),
            "low allow-origin-twice"),
        arguments(
            "a pattern in the header",
            always("Access-Control-Allow-Origin", "*.example.com"),
            "low allow-origin-invalid"),
        arguments(
            "* and credentials",
            always("Access-Control-Allow-Origin", "*", "Access-Control-Allow-Credentials", "true"),
            "low any-origin-credentials"),
        arguments(
            "* and a cookie",
            always("Access-Control-Allow-Origin", "*", "Set-Cookie", "sid=1"),
            "info any-origin-private"),
        arguments(
            "* and private",
            always("Access-Control-Allow-Origin", "*", "Cache-Control", "private, max-age=60"),
            "info any-origin-private"),
        arguments(
            "True",
            butAllowed(answer -> with(answer, "Access-Control-Allow-Credentials", "True")),
            "low credentials-not-true"),
        arguments(
            "false",
            butAllowed(answer -> with(answer, "Access-Control-Allow-Credentials", "false")),
            "info credentials-not-true"),
        arguments(
            "credentials for nobody",
            butWith("Access-Control-Allow-Credentials", "true"),
            "info credentials-without-origin"),
        arguments(
            "* as a header, with credentials",
            butPreflight(answer -> with(answer, "Access-Control-Allow-Headers", "*")),
            "low star-credentials"),
        arguments(
            "* exposed, with credentials",
            butAllowed(answer -> with(answer, "Access-Control-Expose-Headers", "*")),
            "low star-credentials"),
        arguments(
            "another origin, internal",
            but(
                answer ->
                    answer.headers().contains("Access-Control-Allow-Origin")
                        ? answer
                        : with(answer, "Access-Control-Allow-Origin", "http://admin.corp")),
            "low internal-origin"),
        arguments(
            "a private network",
            butPreflight(answer -> with(answer, "Access-Control-Allow-Private-Network", "true")),
            "low private-network"),
        arguments(
            "the error page",
            (Behaviour)
                asked ->
                    (asked.path().equals("/data")
                            ? credentialed(ONLY_APP)
                            : credentialed(any -> true))
                        .answer(asked),
            "low error-page-wider"),
        arguments(
            "the error page, without credentials",
            (Behaviour)
                asked ->
                    asked.path().equals("/data")
                        ? credentialed(ONLY_APP).answer(asked)
                        : WireResponse.of(404, "Access-Control-Allow-Origin", "*"),
            "info error-page-wider"));
  }

  static Stream<Arguments> preflights() {
    return Stream.of(
        arguments(
            "of everyone",
            (Behaviour)
                asked ->
                    (asked.isPreflight() ? credentialed(any -> true) : credentialed(ONLY_APP))
                        .answer(asked),
            "high preflight-wider"),
        arguments(
            "of everyone, without credentials",
            (Behaviour)
                asked ->
                    new RightServer(asked.isPreflight() ? any -> true : ONLY_APP, false)
                        .answer(asked),
            "low preflight-wider"),
        arguments(
            "of nobody",
            (Behaviour)
                asked ->
                    asked.method().equals("OPTIONS")
                        ? WireResponse.of(405)
                        : credentialed(ONLY_APP).answer(asked),
            "info preflight-narrower"),
        arguments(
            "any method",
            echo("Access-Control-Request-Method", "Access-Control-Allow-Methods", true),
            "low any-method"),
        arguments(
            "any method, without credentials",
            echo("Access-Control-Request-Method", "Access-Control-Allow-Methods", false),
            "info any-method"),
        arguments(
            "any header",
            echo("Access-Control-Request-Headers", "Access-Control-Allow-Headers", true),
            "low any-header"),
        arguments(
            "a year",
            butPreflight(answer -> with(answer, "Access-Control-Max-Age", "31536000")),
            "info max-age"),
        arguments(
            "an hour in words",
            butPreflight(answer -> with(answer, "Access-Control-Max-Age", "1h")),
            "info max-age"));
  }

  static Stream<Arguments> caches() {
    return Stream.of(
        arguments(
            "no Vary",
            but(answer -> without(answer, "Vary")),
            "low vary-missing, info vary-missing-preflight"),
        arguments(
            "no Vary, and a lifetime",
            but(answer -> with(without(answer, "Vary"), "Cache-Control", "max-age=60")),
            "medium vary-missing, info vary-missing-preflight"),
        arguments(
            "Vary on what is allowed only",
            but(
                answer ->
                    answer.headers().contains("Access-Control-Allow-Origin")
                        ? answer
                        : without(answer, "Vary")),
            "low vary-missing"),
        arguments(
            "Vary on what is not a preflight only",
            butPreflight(answer -> without(answer, "Vary")),
            "info vary-missing-preflight"),
        arguments(
            "another Vary",
            butWith("Vary", "Accept-Encoding"),
            "low vary-missing, info vary-missing-preflight"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"headers", "preflights", "caches"})
  void whatIsPlantedIsFound(String name, Behaviour behaviour, String found) throws Exception {
    assertThat(summary(audit(behaviour, APP))).as(name).isEqualTo(found);
  }

  @Test
  void anAuthenticatedAnswerForEveryoneIsTold() throws Exception {
    Behaviour token =
        asked ->
            WireResponse.of(
                asked.header("Authorization") == null && !asked.method().equals("OPTIONS")
                    ? 401
                    : 200,
                "Access-Control-Allow-Origin",
                "*");
    try (Fixture server = new Fixture(token)) {
      Audit.Builder audit = Audit.builder(Fixture.URL).rate(1000).transport(server.transport());
      assertThat(summary(audit.build().run())).isEmpty();
      audit.credentials("Authorization", "Bearer 0123456789");
      AuditReport report = audit.build().run();
      assertThat(summary(report)).isEqualTo("info any-origin-private");
      assertThat(report.findings().get(0).request().header("Authorization"))
          .isEqualTo("[not shown]");
    }
  }
}
