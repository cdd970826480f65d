package dev.corsac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.corsac.browser.http.HttpTransport;
import dev.corsac.doctor.audit.Audit;
import dev.corsac.doctor.audit.AuditReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Corsac's own gateway, audited from outside. */
class GatewayAuditTest {
  private static final String API = "https://api.example.com";
  private static final Pattern README_POLICY =
      Pattern.compile("```yaml\n(listen:.*?)```", Pattern.DOTALL);

  @ParameterizedTest
  @ValueSource(strings = {"3600", "86400"})
  void theProductionPolicyOfTheReadmeHasNoFindings(String maxAge) throws Exception {
    Matcher policy = README_POLICY.matcher(Files.readString(Path.of("../README.md")));
    assertThat(policy.find()).isTrue();
    String yaml = policy.group(1).replaceFirst("max_age: \\d+", "max_age: " + maxAge);
    assertThat(yaml).contains("allow_credentials: true", "max_age: " + maxAge);
    for (String[] origins :
        List.of(new String[] {"https://app.example.com", "https://example.com"}, new String[0])) {
      AuditReport report = audit(yaml, origins);
      assertThat(report.allowed())
          .containsExactlyInAnyOrder("https://app.example.com", "https://example.com");
      assertThat(report.findings()).isEmpty();
      assertThat(report.notes()).isEmpty();
    }
  }

  @Test
  void publicDataHasNoFindings() throws Exception {
    assertThat(audit("cors: { allow_origins: [\"*\"] }").findings()).isEmpty();
  }

  @Test
  void whatIsAllowedToEveryoneIsToldAsInformation() throws Exception {
    AuditReport report =
        audit("cors: { allow_origins: [\"*\"], allow_methods: [\"*\"], allow_headers: [\"*\"] }");
    assertThat(summary(report)).isEqualTo("info any-method, info any-header");
  }

  @Test
  void whatThePolicyAllowsIsFound() throws Exception {
    assertThat(
            summary(
                audit(
                    "cors: { allow_origins: [\"https://*.example.com\", \"http://localhost:*\"],"
                        + " allow_credentials: true }",
                    "https://app.example.com")))
        .isEqualTo("medium any-subdomain, medium local-origin");
  }

  private static AuditReport audit(String yaml, String... origins)
      throws IOException, InterruptedException {
    String policy = yaml.replaceAll("(?m)^(listen|upstream):.*", "");
    try (GatewayInFront gateway = new GatewayInFront(GatewayAuditTest::answer)) {
      Audit.Builder audit =
          Audit.builder(API + "/data")
              .rate(1000)
              .transport(HttpTransport.create().maxBody(0).map(API, gateway.url(policy)));
      List.of(origins).forEach(audit::origin);
      AuditReport report = audit.build().run();
      assertThat(report.stopped()).isEmpty();
      return report;
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(
        exchange.getRequestURI().getPath().equals("/data") ? 200 : 404, -1);
    exchange.close();
  }

  private static String summary(AuditReport report) {
    return report.findings().stream()
        .map(each -> each.severity().id() + " " + each.check().id())
        .collect(Collectors.joining(", "));
  }
}
