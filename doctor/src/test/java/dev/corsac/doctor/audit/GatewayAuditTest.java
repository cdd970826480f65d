package dev.corsac.doctor.audit;

import static dev.corsac.doctor.audit.Fixture.summary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.browser.http.HttpTransport;
import dev.corsac.config.ConfigLoader;
import dev.corsac.config.CorsacConfig;
import dev.corsac.gateway.Gateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Corsac's own gateway, audited from outside. */
class GatewayAuditTest {
  private static final Pattern README_POLICY =
      Pattern.compile("```yaml\n(listen:.*?)```", Pattern.DOTALL);

  @TempDir private Path directory = Path.of("replaced by JUnit");

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

  private AuditReport audit(String yaml, String... origins)
      throws IOException, InterruptedException {
    try (Fixture upstream = new Fixture(RightServer.always())) {
      String text =
          yaml.replaceAll("(?m)^(listen|upstream):.*", "")
              + "\nlisten: 127.0.0.1:0\nupstream: "
              + upstream.address()
              + "\n";
      Path file = Files.writeString(directory.resolve("corsac.yaml"), text);
      CorsacConfig config = ConfigLoader.load(file, Map.of()).config().orElseThrow();
      try (Gateway gateway = Gateway.start(config)) {
        Audit.Builder audit =
            Audit.builder(Fixture.URL)
                .rate(1000)
                .transport(
                    HttpTransport.create()
                        .maxBody(0)
                        .map("https://api.example.com", gateway.url()));
        List.of(origins).forEach(audit::origin);
        AuditReport report = audit.build().run();
        assertThat(report.stopped()).isEmpty();
        return report;
      }
    }
  }
}
