package dev.corsac.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsac.CorsPolicy;
import dev.corsac.finding.PolicyRule;
import dev.corsac.finding.Severity;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  private static final Map<String, String> NOTHING = Map.of();

  @TempDir private Path directory = Path.of("replaced by JUnit");

  @Test
  void theDesignsExampleIsRead() throws IOException {
    CorsacConfig config =
        config(
            """
            listen: 127.0.0.1:8000
            admin: 127.0.0.1:8001
            upstream: http://127.0.0.1:9000
            cors:
              allow_origins: [https://example.com, "https://*.example.com"]
              allow_credentials: true
              allow_methods: [GET, POST, PUT, DELETE]
              allow_headers: [Content-Type, Authorization]
              expose_headers: [X-Total-Count]
              max_age: 3600
            routes:
              - path: /public/**
                cors: { allow_origins: ["*"] }
              - path: /internal/**
                upstream: https://internal.example.com/v1
                cors: off
              - path: /api/**
            profiles:
              development:
                cors: { allow_origins: ["http://localhost:*", "http://127.0.0.1:*"], explain: true }
            """,
            NOTHING);

    assertThat(config.listen()).isEqualTo(new HostPort("127.0.0.1", 8000));
    assertThat(config.admin()).contains(new HostPort("127.0.0.1", 8001));
    assertThat(config.upstream()).contains(URI.create("http://127.0.0.1:9000"));
    assertThat(policy(config.cors()))
        .isEqualTo(
            """
            allow_origins: ["https://example.com", "https://*.example.com"]
            allow_methods: ["GET", "POST", "PUT", "DELETE"]
            allow_headers: ["Content-Type", "Authorization"]
            expose_headers: ["X-Total-Count"]
            allow_credentials: true
            max_age: 3600""");
    assertThat(config.routes())
        .extracting(RouteConfig::path)
        .containsExactly("/public/**", "/internal/**", "/api/**");
    assertThat(config.routes())
        .extracting(RouteConfig::upstream)
        .containsExactly(
            config.upstream(),
            Optional.of(URI.create("https://internal.example.com/v1")),
            config.upstream());
    assertThat(policy(config.routes().get(0).cors())).isEqualTo("allow_origins: [\"*\"]");
    assertThat(config.routes().get(1).cors()).isEmpty();
    assertThat(config.routes().get(2).cors()).isEqualTo(config.cors());
  }

  @Test
  void defaultsAreAsDocumented() throws IOException {
    CorsacConfig config = config("cors: off", NOTHING);
    assertThat(config.listen()).isEqualTo(new HostPort("127.0.0.1", 8000));
    assertThat(config.admin()).isEmpty();
    assertThat(config.upstream()).isEmpty();
    assertThat(config.cors()).isEmpty();
    assertThat(config.hosts()).isEmpty();
    assertThat(config.routes()).isEmpty();
    assertThat(config.maxBody()).isEqualTo(10_000_000);
    assertThat(config.limits())
        .isEqualTo(Limits.DEFAULT)
        .isEqualTo(Limits.DEFAULT.withConnections(10_000).withConnectionsPerAddress(5_000));
    assertThat(config.timeouts())
        .isEqualTo(Timeouts.DEFAULT)
        .hasToString(
            "[connect: PT5S, request: PT1M, idle: PT1M, body: PT30S, head: PT15S,"
                + " websocket: PT1H, drain: PT1S, stop: PT10S]");

    CorsacConfig written = config(documented(), NOTHING);
    assertThat(written.timeouts()).isEqualTo(config.timeouts());
    assertThat(written.limits()).isEqualTo(config.limits());
    assertThat(written.maxBody()).isEqualTo(config.maxBody());
  }

  private static String documented() throws IOException {
    String page = Files.readString(Path.of("../docs/configuration.md"));
    int start = page.indexOf("```yaml\ntimeouts:") + "```yaml\n".length();
    return page.substring(start, page.indexOf("```", start));
  }

  @Test
  void limitsAsWritten() throws IOException {
    CorsacConfig config =
        config(
            """
            timeouts: { connect: 1ms, request: 2s, idle: 3m, body: 9s, head: 4h, websocket: 720h, drain: 0s, stop: 1s }
            limits: { connections: 7, connections_per_address: off }
            """,
            NOTHING);
    assertThat(config.timeouts())
        .isEqualTo(
            Timeouts.DEFAULT
                .withConnect(Duration.ofMillis(1))
                .withRequest(Duration.ofSeconds(2))
                .withIdle(Duration.ofMinutes(3))
                .withBody(Duration.ofSeconds(9))
                .withHead(Duration.ofHours(4))
                .withWebSocket(Duration.ofDays(30))
                .withDrain(Duration.ZERO)
                .withStop(Duration.ofSeconds(1)));
    assertThat(config.limits().connections()).isEqualTo(7);
    assertThat(config.limits().connectionsPerAddress()).isEqualTo(Integer.MAX_VALUE);
    assertThat(config.limits()).hasToString("connections: 7, connections_per_address: off");
  }

  @Test
  void aProfileIsMergedKeyByKeyAndListsReplace() throws IOException {
    String text =
        """
        cors: { allow_origins: [https://example.com], max_age: 3600 }
        profiles:
          development:
            listen: 127.0.0.1:8100
            cors: { allow_origins: ["http://localhost:*"] }
        """;
    for (String variable : List.of("CORSAC_ENV", "ENV")) {
      CorsacConfig config = config(text, Map.of(variable, "development"));
      assertThat(config.listen()).isEqualTo(new HostPort("127.0.0.1", 8100));
      assertThat(policy(config.cors()))
          .isEqualTo("allow_origins: [\"http://localhost:*\"]\nmax_age: 3600");
    }
    assertThat(policy(config(text, Map.of("ENV", "production")).cors()))
        .isEqualTo("allow_origins: [\"https://example.com\"]\nmax_age: 3600");
  }

  @Test
  void onlyTheProfileThatRunsStopsALoad() throws IOException {
    String text =
        """
        cors: off
        profiles:
          broken: { cors: { allow_origins: ["${UNSET}"] } }
        """;
    assertThat(load(text, NOTHING).findings()).isEmpty();
    assertThat(load(text, Map.of("ENV", "broken")).config()).isEmpty();
    assertThat(ConfigLoader.lint(file(text), NOTHING))
        .extracting(each -> each.finding().rule())
        .contains(FileRule.MISSING_VARIABLE);
  }

  @Test
  void aFindingHasItsPathInTheFile_withTheProfileMergedIntoIt() throws IOException {
    Map<String, String> environment = Map.of("ORIGINS", "https://a.example, https://b.example/");
    String text =
        """
        cors: { allow_origins: ["https://example.com", "https://example.com/"] }
        routes:
          - path: /a
            cors: { allow_origins: ["${ORIGINS}"] }
          - cors: off
          - path: b
        profiles:
          staging: { cors: { max_age: -1 } }
        lisen: 127.0.0.1:1
        """;

    assertThat(ConfigLoader.lint(file(text), environment))
        .extracting(each -> each.line() + " " + each.finding().where())
        .containsExactly(
            "1 cors.allow_origins[1]",
            "4 routes[0].cors.allow_origins[0]",
            "5 routes[1]",
            "6 routes[2].path",
            "8 cors.max_age",
            "9 lisen");
  }

  @Test
  void whatProfilesShareIsFoundOnce() throws IOException {
    String text =
        """
        cors: { allow_origins: ["*"] }
        profiles:
          a: { cors: { allow_credentials: true } }
          b: { cors: { allow_credentials: true } }
        """;

    assertThat(ConfigLoader.lint(file(text), NOTHING))
        .extracting(each -> each.finding().rule())
        .containsExactly(PolicyRule.ANY_ORIGIN, PolicyRule.ANY_ORIGIN_CREDENTIALS);
  }

  @Test
  void whatAnAliasRepeatsIsFoundOnce() throws IOException {
    String text =
        """
        routes:
          - { path: /a, cors: &policy { allow_origins: ["https://example.com/"] } }
          - { path: /b, cors: *policy }
        """;

    assertThat(load(text, NOTHING).findings())
        .extracting(each -> each.line() + " " + each.finding().where())
        .containsExactly("2 routes[0].cors.allow_origins[0]");
  }

  @Test
  void aFindingOfTheBaseInAProfileSaysWhichProfile() throws IOException {
    List<FileFinding> findings =
        ConfigLoader.lint(
            file(
                """
                cors:
                  allow_origins: ["*"]
                profiles:
                  staging:
                    cors:
                      allow_credentials: true
                """),
            NOTHING);
    assertThat(findings)
        .extracting(each -> each.finding().rule())
        .containsExactly(PolicyRule.ANY_ORIGIN, PolicyRule.ANY_ORIGIN_CREDENTIALS);
    assertThat(findings.get(1).line()).isEqualTo(2);
    assertThat(findings.get(1).finding().message()).startsWith("In the profile \"staging\": \"*\"");
  }

  @Test
  void theEnvironmentGivesListsAndNumbersAndIsNeverReadAsYaml() throws IOException {
    Map<String, String> environment =
        Map.of(
            "ORIGINS",
            "https://a.example , https://b.example",
            "AGE",
            "7200",
            "TRICK",
            "]: {x: *y");
    String text =
        """
        cors:
          allow_origins: [https://example.com, "${ORIGINS}"]
          max_age: ${AGE}
          allow_headers: ${HEADERS:-X-One,X-Two}
        """;
    assertThat(policy(config(text, environment).cors()))
        .isEqualTo(
            """
            allow_origins: ["https://example.com", "https://a.example", "https://b.example"]
            allow_headers: ["X-One", "X-Two"]
            max_age: 7200""");
    assertThat(load("cors: { allow_origins: [\"${TRICK}\"] }", environment).findings())
        .extracting(each -> each.finding().rule())
        .containsExactly(PolicyRule.ORIGIN_SEVERAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://user:hunter2@h/", "hunter2", "hunter2-hunter2, hunter2", "*hunter2"})
  void noFindingPrintsAValueOfTheEnvironment(String secret) throws IOException {
    String text =
        """
        listen: ${SECRET}
        admin: ${SECRET}
        upstream: http://${SECRET}
        max_body: "${SECRET}"
        timeouts: { connect: "${SECRET}" }
        cors:
          allow_origins: ["${SECRET}", "https://${SECRET}"]
          allow_origin_regex: "${SECRET}("
          allow_methods: ["${SECRET}@"]
          allow_headers: ${SECRET}
          expose_headers: ["a ${SECRET}"]
          allow_credentials: ${SECRET}
          max_age: ${SECRET}
          preflight_status: ${SECRET}
          enforce: ${SECRET}
          explain: ${SECRET}
          dangerously_allow: ["${SECRET}"]
        routes: [{ path: "${SECRET}", upstream: "${SECRET}" }, { path: "${SECRET}" }]
        profiles: { dev: { cors: { allow_origins: "${SECRET}" } } }
        """;
    Map<String, String> environment = Map.of("SECRET", secret, "CORSAC_ENV", secret);
    List<FileFinding> findings = new ArrayList<>(load(text, environment).findings());
    findings.addAll(ConfigLoader.lint(file(text), environment));
    assertThat(findings).hasSizeGreaterThan(20);
    assertThat(findings)
        .allSatisfy(
            each -> {
              assertThat(each.toString()).doesNotContain("hunter");
              assertThat(each.finding().toString()).doesNotContain("hunter");
            });
  }

  @Test
  void aWrongTypeHidesNoDanger() throws IOException {
    String text =
        """
        cors:
          allow_origins: http://shop.example
          allow_credentials: %s
          dangerously_allow: {}
          max_age: soon
        """;
    for (String yes : List.of("yes", "\"true\"", "maybe", "[true]")) {
      assertThat(load(text.formatted(yes), NOTHING).findings())
          .as(yes)
          .extracting(each -> each.finding().rule())
          .contains(FileRule.WRONG_TYPE, PolicyRule.INSECURE_ORIGIN_CREDENTIALS);
    }
    for (String no : List.of("no", "\"false\"", "")) {
      assertThat(load(text.formatted(no), NOTHING).findings())
          .as(no)
          .extracting(each -> each.finding().rule())
          .contains(FileRule.WRONG_TYPE, PolicyRule.INSECURE_ORIGIN)
          .doesNotContain(PolicyRule.INSECURE_ORIGIN_CREDENTIALS);
    }
  }

  @Test
  void whatTheFileDoesNotShowIsNotPrintedRaw() throws IOException {
    List<FileFinding> findings =
        load("cors: { allow_origins: [\"https://\\e[31mred\\u202e\"], \"a\\tb\": 1 }", NOTHING)
            .findings();
    assertThat(findings).hasSize(2);
    assertThat(findings).allSatisfy(each -> assertThat(each.toString()).matches("[ -~]*"));
  }

  @Test
  void aMillionAliasesAreNotFollowed() throws IOException {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      String alias = "*a" + (i - 1);
      text.append("a" + i + ": &a" + i + " [" + (alias + ", ").repeat(9) + alias + "]\n");
    }
    assertThat(load(text.toString(), NOTHING).findings())
        .extracting(each -> each.finding().rule())
        .contains(FileRule.FILE_SYNTAX);
  }

  @Test
  void deepNestingIsAFinding() throws IOException {
    for (String opening : List.of("[", "{a: ", "- ")) {
      assertThat(load(opening.repeat(50_000), NOTHING).findings())
          .extracting(each -> each.finding().rule())
          .containsExactly(FileRule.FILE_SYNTAX);
    }
  }

  @Test
  void aRegexMatchesTheWholeOrigin() throws IOException {
    CorsacConfig config =
        config("cors: { allow_origin_regex: 'https://pr-[0-9]+\\.example\\.com' }", NOTHING);
    CorsPolicy policy = config.cors().orElseThrow();
    assertThat(policy.toBuilder().findings()).isEmpty();
    assertThat(
            OriginRegex.compile("https://a\\.com|https://b\\.com", false, java.util.Set.of())
                .source()
                .orElseThrow()
                .allows("https://a.com.evil.com"))
        .isFalse();
  }

  @Test
  void aFileThatIsNotThereIsNoFinding() {
    assertThatThrownBy(() -> ConfigLoader.load(directory.resolve("none.yaml"), NOTHING))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void whatMayBlockOrHasNoEndIsNotRead() throws Exception {
    Path pipe = directory.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assertThat(made.waitFor()).isZero();
    for (Path file : List.of(pipe, Path.of("/dev/zero"), directory)) {
      assertThatThrownBy(() -> ConfigLoader.load(file, NOTHING))
          .isInstanceOf(FileSystemException.class)
          .hasMessageEndingWith(
              file.equals(directory) ? "it is a directory" : "it is a device or a pipe");
    }
    Path huge = directory.resolve("huge");
    try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
      sparse.setLength(1L << 33);
    }
    assertThat(ConfigLoader.lint(huge, NOTHING))
        .singleElement()
        .satisfies(each -> assertThat(each.finding().message()).contains("larger than 4 MiB"));
  }

  @Test
  void aFileThatIsNotUtf8IsAFindingAtTheByte() throws IOException {
    Path file = directory.resolve("corsac.yaml");
    Files.write(file, new byte[] {'a', ':', '\n', ' ', (byte) 0xff});
    assertThat(ConfigLoader.load(file, NOTHING).findings())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.line()).isEqualTo(2);
              assertThat(each.column()).isEqualTo(2);
              assertThat(each.severity()).isEqualTo(Severity.ERROR);
            });
  }

  private CorsacConfig config(String text, Map<String, String> environment) throws IOException {
    ConfigResult result = load(text, environment);
    assertThat(result.config()).as("findings %s", result.findings()).isPresent();
    return result.config().orElseThrow();
  }

  private ConfigResult load(String text, Map<String, String> environment) throws IOException {
    return ConfigLoader.load(file(text), environment);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("corsac.yaml"), text);
  }

  private static String policy(Optional<CorsPolicy> policy) {
    return policy.map(CorsPolicy::toString).orElse("none");
  }
}
