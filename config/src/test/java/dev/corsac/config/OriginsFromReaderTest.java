package dev.corsac.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.OriginTerms;
import dev.corsac.config.origins.DeclaredOrigins;
import dev.corsac.config.origins.OriginsFrom;
import dev.corsac.finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code allow_origins_from}. */
class OriginsFromReaderTest {
  @TempDir private Path folder = Path.of("replaced by JUnit");

  private ConfigResult load(String text, Map<String, String> environment) throws IOException {
    Path file = folder.resolve("corsac.yaml");
    Files.writeString(file, text);
    return ConfigLoader.load(file, environment);
  }

  private List<DeclaredOrigins> places(String text, Map<String, String> environment)
      throws IOException {
    ConfigResult result = load(text, environment);
    return result
        .config()
        .orElseThrow(() -> new AssertionError(result.findings()))
        .declaredOrigins();
  }

  @Test
  void everyPlace() throws IOException {
    List<DeclaredOrigins> places =
        places(
            """
            upstream: http://127.0.0.1:9000
            hosts: [localhost]
            cors:
              allow_credentials: true
              allow_origins_from:
                - env: ALLOWED
                - file: origins.txt
                - database: { url: "jdbc:h2:./origins", user: sa, password: "${SECRET:-}", policy: shop }
                - database: { url: "jdbc:postgresql://db/corsac", snapshot: /var/lib/kept }
            """,
            Map.of("ALLOWED", "https://a.example", "SECRET", "hunter2"));
    assertThat(places)
        .extracting(DeclaredOrigins::from)
        .containsExactly(
            new OriginsFrom.Environment("ALLOWED", "https://a.example"),
            new OriginsFrom.File(folder.resolve("origins.txt")),
            new OriginsFrom.Database(
                "jdbc:h2:file:" + folder.resolve("origins"),
                "sa",
                "hunter2",
                "shop",
                Optional.of(folder.resolve("corsac-origins-shop.snapshot"))),
            new OriginsFrom.Database(
                "jdbc:postgresql://db/corsac",
                "",
                "",
                "default",
                Optional.of(Path.of("/var/lib/kept"))));
    assertThat(places).extracting(DeclaredOrigins::terms).containsOnly(OriginTerms.strict());
    assertThat(places).noneMatch(each -> each.toString().contains("hunter2"));
    assertThat(places).noneMatch(each -> each.allows("https://a.example"));
  }

  @Test
  void termsAreThePolicys() throws IOException {
    List<DeclaredOrigins> places =
        places(
            """
            upstream: http://127.0.0.1:9000
            hosts: [localhost]
            cors: { allow_origins_from: [ { env: A } ] }
            routes:
              - path: /shop/**
                cors:
                  allow_credentials: true
                  dangerously_allow: [insecure_origins]
                  allow_origins_from: [ { env: B } ]
              - path: /same/**
            """,
            Map.of());
    assertThat(places).extracting(Object::toString).containsExactly("env B", "env A");
    assertThat(places)
        .extracting(each -> each.terms().toString())
        .containsExactly("with credentials, insecure_origins accepted", "without credentials");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "file: origins.txt | allow_origins_from | is a list",
        "[] | | ",
        "[origins.txt] | allow_origins_from[0] | says where origins come from",
        "[{}] | allow_origins_from[0] | says where origins come from",
        "[{fiel: a}] | allow_origins_from[0].fiel | did you mean file?",
        "[{env: A, file: b}] | allow_origins_from[0].file | is one place",
        "[{env: A-B}] | allow_origins_from[0].env | name of a variable",
        "[{database: {user: sa}}] | allow_origins_from[0].database | has no url",
        "[{database: {url: 'jdbc:mysql://db/x'}}] | allow_origins_from[0].database.url | H2 or PostgreSQL",
        "[{database: {url: 'jdbc:h2:./a', policy: 'a b'}}] | allow_origins_from[0].database.policy | name of a policy",
        "[{database: {url: 'jdbc:h2:./a', pasword: x}}] | allow_origins_from[0].database.pasword | did you mean password?",
        "[{database: {url: 'jdbc:h2:./a', password: '${NOT_SET}'}}] | allow_origins_from[0].database.password | has no NOT_SET"
      })
  void wrong(String value, String path, String message) throws IOException {
    List<FileFinding> errors =
        load(
                "upstream: http://127.0.0.1:9000\ncors: {allow_origins_from: "
                    + value.replace("file: origins.txt", "{file: origins.txt}")
                    + "}\n",
                Map.of())
            .findings()
            .stream()
            .filter(each -> each.severity() == Severity.ERROR)
            .toList();
    if (path == null) {
      assertThat(errors).isEmpty();
    } else {
      assertThat(errors)
          .singleElement()
          .satisfies(
              each -> {
                assertThat(each.finding().path()).hasToString("cors." + path);
                assertThat(each.finding().message()).contains(message);
              });
    }
  }
}
