package dev.corsac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class DiffCommandTest {
  private static final String OLD =
      """
      upstream: http://127.0.0.1:9000
      cors:
        allow_origins: [https://example.com, https://app.example.com]
        allow_credentials: true
        allow_methods: [PUT]
      routes:
        - path: /public/**
          cors: { allow_origins: ["*"] }
      """;

  @TempDir private Path folder = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void whatIsNew_isToldByRoute_theDangerousFirst() throws IOException {
    String after =
        """
        upstream: http://127.0.0.1:9001
        cors:
          allow_origins: ["https://*.example.com"]
          allow_credentials: true
          allow_headers: [X-Debug]
          max_age: 60
        routes:
          - path: /public/**
            cors: { allow_origins: ["*"], allow_methods: [DELETE] }
        """;
    assertThat(diff(OLD, after)).isEqualTo(1);
    assertThat(out.toString())
        .isEqualTo(
            """
            all other paths
              newly passes, with the user's credentials
                origin https://*.example.com  (a part of it is as before)
                  GET /, Origin: https://shop.example.com
                  old: origin-not-allowed   new: origin-allowed, with credentials
                request header X-Debug
                  OPTIONS /, Origin: https://app.example.com, Access-Control-Request-Method: GET, Access-Control-Request-Headers: x-debug
                  old: 200 header-not-allowed, with credentials   new: 200 preflight-allowed, with credentials
              newly blocked
                origin https://example.com
                  GET /, Origin: https://example.com
                  old: origin-allowed, with credentials   new: origin-not-allowed
                method PUT
                  OPTIONS /, Origin: https://app.example.com, Access-Control-Request-Method: PUT
                  old: 200 preflight-allowed, with credentials   new: 200 method-not-allowed, with credentials
              changed
                max_age: 600 → 60
                  OPTIONS /, Origin: https://app.example.com, Access-Control-Request-Method: GET

            /public/**
              newly passes
                method DELETE
                  OPTIONS /public, Origin: https://elsewhere.example, Access-Control-Request-Method: DELETE
                  old: 200 method-not-allowed   new: 200 preflight-allowed

            3 newly pass (2 with the user's credentials), 2 newly blocked, 1 changed.
            """);
  }

  @Test
  void filesOfOrigins_areReadAsTheyAreNow() throws IOException {
    Files.writeString(
        folder.resolve("shops.txt"),
        """
        https://a.example   # a comment
        https://*.b.example
        http://c.example
        """);
    Files.writeString(
        folder.resolve("shops.yaml"),
        """
        - https://x.b.example
        - { origin: "https://gone.example", expires: 2020-01-31 }
        - https://d.example
        """);
    String before =
        """
        upstream: http://127.0.0.1:9000
        cors: { allow_credentials: true, allow_origins_from: [ { file: shops.txt } ] }
        """;
    String after = before.replace("shops.txt", "shops.yaml");

    assertThat(diff(before, after)).isEqualTo(1);
    assertThat(unwrapped())
        .containsSubsequence(
            "newly passes, with the user's credentials",
            "origin https://d.example",
            "newly blocked",
            "origin https://a.example",
            "origin https://*.b.example (a part of it is as before)",
            "note: of file "
                + folder.resolve("shops.txt")
                + ", 1 left out, as by a gateway: line 3")
        .contains("\"http://c.example\"", "[insecure-origin-credentials]")
        .doesNotContain("gone.example", "not compared");
  }

  @Test
  void aFileThatSaysWhatTheListSaid_isTheSame() throws IOException {
    Files.writeString(folder.resolve("list.txt"), "https://app.example.com\nhttps://example.com\n");
    String after =
        OLD.replace(
            "allow_origins: [https://example.com, https://app.example.com]",
            "allow_origins_from: [ { file: list.txt }, { env: CORSAC_TEST_NOT_SET } ]");
    assertThat(diff(OLD, after)).as(out.toString()).isZero();
  }

  @Test
  void aPlaceThatCannotBeRead_isNotCompared() throws IOException {
    String from = "allow_origins_from: [ { %s } ]\n  allow_origins";
    String file = OLD.replaceFirst("allow_origins", from.formatted("file: nowhere.txt"));
    String database =
        OLD.replaceFirst(
            "allow_origins", from.formatted("database: { url: \"jdbc:h2:./origins\" }"));

    assertThat(diff(file, OLD)).isEqualTo(1);
    assertThat(unwrapped())
        .contains("not compared: the origins of file " + folder.resolve("nowhere.txt"))
        .contains("cannot be read now: it is not there.");
    assertThat(diff(file, file)).isZero();
    assertThat(diff(OLD, database)).isEqualTo(1);
    assertThat(unwrapped())
        .contains("not compared: the origins of database jdbc:h2:file:")
        .contains("policy default cannot be read now: it is not there.");
    assertThat(diff(database, database)).isZero();
    assertThat(folder).isDirectoryNotContaining("glob:**.db");
  }

  @Test
  void databases_areReadAsTheyAreNow() throws IOException {
    for (String policy : List.of("shop", "candidate")) {
      assertThat(
              run(
                  "origins",
                  "add",
                  "https://" + policy + ".example",
                  "https://both.example",
                  "--store",
                  "jdbc:h2:" + folder.resolve("origins"),
                  "--policy",
                  policy))
          .isZero();
    }
    assertThat(
            run(
                "origins",
                "add",
                "http://plain.example",
                "--without-credentials",
                "--store",
                "jdbc:h2:" + folder.resolve("origins"),
                "--policy",
                "candidate"))
        .isZero();
    String before =
        """
        upstream: http://127.0.0.1:9000
        cors:
          allow_credentials: true
          allow_origins_from: [ { database: { url: "jdbc:h2:./origins", user: sa, policy: shop } } ]
        """;
    assertThat(diff(before, before.replace("policy: shop", "policy: candidate"))).isEqualTo(1);
    assertThat(unwrapped())
        .containsSubsequence(
            "newly passes, with the user's credentials",
            "origin https://candidate.example",
            "newly blocked",
            "origin https://shop.example",
            "note: of database jdbc:h2:file:",
            "policy candidate, 1 left out, as by a gateway:",
            "[insecure-origin-credentials]")
        .doesNotContain("both.example", "not compared");

    String list =
        before.replaceFirst(
            "(?m)allow_origins_from:.*$",
            "allow_origins: [https://shop.example, https://both.example]");
    assertThat(diff(before, list)).as(out.toString()).isZero();
  }

  @Test
  void otherWordsForTheSame_areTheSame() throws IOException {
    String after =
        """
        upstream: http://127.0.0.1:9000
        cors:
          allow_credentials: true
          allow_origin_regex: 'https://(app\\.)?example\\.com'
          allow_origins: [https://app.example.com]
          allow_methods: [GET, PUT]
          allow_headers: [content-type]
        routes:
          - path: /public/**
            cors: { allow_origins: ["*"], expose_headers: [Content-Type] }
        """;
    assertThat(diff(OLD, after)).as(out.toString()).isZero();
    assertThat(out.toString()).startsWith("The same: ");
  }

  @Test
  void aHostThatIsWrittenOut_isNoSampleOfAPattern() throws IOException {
    String before =
        """
        upstream: http://127.0.0.1:9000
        cors: { allow_origins: [https://page.example] }
        routes:
          - { path: /**, host: a.example, cors: { allow_origins: [https://page.example] } }
          - { path: /**, host: "*.example", cors: off }
        """;
    assertThat(diff(before, before.replaceFirst("(?m)^.*\"\\*\\.example\".*\n", ""))).isEqualTo(1);
    assertThat(out.toString()).contains("on *.example", "newly passes", "https://page.example");
  }

  @Test
  void json_hasAWitnessForEach() throws IOException {
    assertThat(diff(OLD, OLD.replace("PUT", "PATCH"), "--format", "json")).isEqualTo(1);
    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertThat(report.get("same").asBoolean()).isFalse();
    JsonNode differences = report.at("/profiles/0/parts/0/differences");
    assertThat(differences.findValuesAsText("value")).containsExactly("PATCH", "PUT");
    assertThat(differences.at("/0/witness/headers/Access-Control-Request-Method").asText())
        .isEqualTo("PATCH");
    assertThat(differences.at("/0/direction").asText()).isEqualTo("newly-passes");
    assertThat(differences.at("/1/after/reason").asText()).isEqualTo("method-not-allowed");
  }

  @Test
  void profilesAreComparedEach_orTheOneThatIsNamed() throws IOException {
    String after =
        OLD + "profiles:\n  development: { cors: { allow_origins: [\"http://localhost:*\"] } }\n";
    assertThat(diff(OLD, after)).isEqualTo(1);
    assertThat(out.toString())
        .contains("without a profile:\n\nThe same", "profile development:", "http://localhost:*");
    assertThat(diff(OLD, after, "--profile", "development")).isEqualTo(1);
    assertThat(diff(OLD, after, "--profile", "production")).isEqualTo(2);
    assertThat(err.toString()).contains("\"production\"", "There are: development.");
  }

  @Test
  void errors_areToldAsLintDoes() throws IOException {
    assertThat(diff(OLD, OLD.replace("https://app", "https://APP"))).isEqualTo(2);
    assertThat(err.toString())
        .contains("new.yaml:3:40: error: ", "rule: origin-upper-case", "1 error");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void missingFilesAndArguments_areUsage() throws IOException {
    assertThat(run("diff", "nowhere.yaml", "nowhere.yaml")).isEqualTo(2);
    assertThat(run("diff", "nowhere.yaml")).isEqualTo(2);
    assertThat(err.toString()).contains("nowhere.yaml is not there");
  }

  private String unwrapped() {
    return out.toString().replaceAll("\\s+", " ");
  }

  private int diff(String before, String after, String... options) throws IOException {
    Path first = Files.writeString(folder.resolve("old.yaml"), before);
    Path second = Files.writeString(folder.resolve("new.yaml"), after);
    String[] arguments = new String[3 + options.length];
    arguments[0] = "diff";
    arguments[1] = first.toString();
    arguments[2] = second.toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    out.getBuffer().setLength(0);
    return run(arguments);
  }

  private int run(String... arguments) {
    return Corsac.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
