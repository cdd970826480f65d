package dev.corsac.doctor.audit;

import static dev.corsac.doctor.audit.Fixture.audit;
import static dev.corsac.doctor.audit.Fixture.summary;
import static dev.corsac.doctor.audit.RightServer.ONLY_APP;
import static dev.corsac.doctor.audit.RightServer.always;
import static dev.corsac.doctor.audit.RightServer.credentialed;
import static dev.corsac.doctor.audit.RightServer.pattern;
import static dev.corsac.doctor.audit.RightServer.with;
import static dev.corsac.doctor.audit.RightServer.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.corsac.browser.WireResponse;
import dev.corsac.doctor.audit.Fixture.Behaviour;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an audit sends, bears and keeps to itself, and that right servers have no findings. */
class AuditTest {
  private static final String APP = Fixture.APP;

  static Stream<Arguments> right() {
    return Stream.of(
        arguments("a list, with credentials", credentialed(ONLY_APP)),
        arguments("a list, without", new RightServer(ONLY_APP, false)),
        arguments("nobody", credentialed(nobody -> false)),
        arguments("no CORS", always()),
        arguments("one origin for all answers", always("Access-Control-Allow-Origin", APP)),
        arguments("public data", always("Access-Control-Allow-Origin", "*")),
        arguments(
            "public data, and no OPTIONS",
            (Behaviour)
                asked ->
                    asked.method().equals("OPTIONS")
                        ? WireResponse.of(405)
                        : WireResponse.of(200, "Access-Control-Allow-Origin", "*")),
        arguments(
            "public data, all of it",
            always(
                "Access-Control-Allow-Origin",
                "*",
                "Access-Control-Allow-Methods",
                "*",
                "Access-Control-Allow-Headers",
                "*, Authorization",
                "Access-Control-Expose-Headers",
                "*",
                "Access-Control-Max-Age",
                "86400",
                "Cache-Control",
                "public, max-age=3600")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("right")
  void aRightServerHasNoFindings(String name, Behaviour behaviour) throws Exception {
    assertThat(audit(behaviour, APP).findings()).as(name).isEmpty();
    assertThat(audit(behaviour).findings()).as(name).isEmpty();
  }

  @Test
  void onlyGetAndOptionsAreSent() throws Exception {
    try (Fixture server = new Fixture(credentialed(ONLY_APP))) {
      Audit.Builder audit = Audit.builder(Fixture.URL).rate(1000).transport(server.transport());
      audit.build().run();
      assertThat(server.received()).allMatch(line -> line.matches("(GET|OPTIONS) .*"));
      server.received().clear();
      audit.method("HEAD").build().run();
      // The page that is not there is not the URL that HEAD was asked for.
      assertThat(server.received())
          .allMatch(line -> line.matches("(HEAD /data|OPTIONS /data|GET /corsac-audit-).*"));
    }
  }

  @Test
  void whatTheUserGivesIsSentAndNotReported() throws Exception {
    Behaviour leaks =
        asked ->
            with(
                with(credentialed(any -> true).answer(asked), "Set-Cookie", "sid=of-the-server"),
                "X-Debug",
                "cookie was " + asked.header("Cookie"));
    try (Fixture server = new Fixture(leaks)) {
      AuditReport report =
          Audit.builder("https://user:password@api.example.com/data#part")
              .rate(1000)
              .transport(server.transport())
              .credentials("Cookie", "sid=of-the-user")
              .header("X-Tenant", "tenant-seven")
              .build()
              .run();
      assertThat(server.received())
          .filteredOn(line -> line.startsWith("GET /data"))
          .allMatch(line -> line.contains("sid=of-the-user") && line.contains("tenant-seven"));
      assertThat(server.received())
          .filteredOn(line -> line.startsWith("OPTIONS"))
          .noneMatch(line -> line.contains("sid=of-the-user") || line.contains("tenant-seven"));
      AuditFinding finding = report.findings().get(0);
      assertThat(finding)
          .hasToString(
              "critical reflected-origin: Allowed with credentials: https://unrelated.invalid");
      String reported = finding.request() + " " + finding.request().headers() + finding.response();
      assertThat(report.url() + reported)
          .contains("X-Tenant: [not shown]", "Cookie: [not shown]", "cookie was [not shown]")
          .doesNotContain("of-the", "tenant-seven", "password");
    }
  }

  @Test
  void aCacheIsAskedByUrlsOfTheAuditsOwn() throws Exception {
    Map<String, WireResponse> cache = new ConcurrentHashMap<>();
    Behaviour cached =
        asked -> {
          WireResponse answer = credentialed(pattern("null")).answer(asked);
          if (asked.method().equals("OPTIONS")) {
            return answer;
          }
          WireResponse kept =
              cache.putIfAbsent(
                  asked.exchange().getRequestURI().toString(), without(answer, "Vary"));
          return kept == null ? without(answer, "Vary") : with(kept, "X-Cache", "Hit from cloud");
        };
    AuditReport report = audit(cached, APP);
    assertThat(summary(report))
        .isEqualTo("critical null-origin, medium cached-for-another-origin, low vary-missing");
    AuditFinding finding = report.findings().get(1);
    assertThat(finding.request().url()).contains("/data?corsac-audit=");
    assertThat(finding.response().headers().get("Access-Control-Allow-Origin")).isEqualTo(APP);
  }

  @Test
  void limitsOfTheResultAreTold() throws Exception {
    assertThat(audit(credentialed(nobody -> false), APP).notes())
        .containsExactly("The server does not allow " + APP + " by name.");
    assertThat(audit(asked -> WireResponse.of(401), APP).notes())
        .anyMatch(note -> note.contains("answers 401"));
  }

  @Test
  void whereEverythingIsAnErrorNothingWasLookedAt() throws Exception {
    for (int status : new int[] {404, 429, 502}) {
      AuditReport report =
          Audit.builder(Fixture.URL)
              .origin(APP)
              .rate(1000)
              .transport(asked -> WireResponse.of(status))
              .build()
              .run();
      assertThat(report.stopped()).get().asString().contains("could be looked at", "" + status);
    }
  }

  @Test
  void everythingWrongIsSaidAtOnce() {
    Audit.Builder wrong =
        Audit.builder("ftp://api.example.com").origin(APP + "/").header("Origin", APP).rate(0);
    assertThatThrownBy(wrong::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "'ftp://api.example.com' is not an http or https URL",
            "Write \"" + APP + "\"",
            "Origin is what the audit itself sends",
            "0.0 is not a rate");
    for (String method : List.of("TRACE", "options", "G T")) {
      assertThatThrownBy(() -> Audit.builder(Fixture.URL).method(method).build())
          .hasMessageContaining(method);
    }
  }

  @Test
  void thisMachineIsKnownByItsNames() {
    for (String local :
        List.of("localhost", "a.localhost", "127.0.0.1", "127.9.9.9", "[::1]", "0x7f.1")) {
      assertThat(Audit.builder("http://" + local + ":8000/").build().isLocal()).as(local).isTrue();
    }
    for (String other :
        List.of("localhost.example.com", "10.0.0.1", "127.0.0.1.example.com", "[2001:db8::1]")) {
      assertThat(Audit.builder("http://" + other + "/").build().isLocal()).as(other).isFalse();
    }
  }
}
