package dev.corsac.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.CorsPolicy;
import dev.corsac.config.ConfigLoader;
import dev.corsac.finding.Severity;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.StringReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is copied means what the policy means. */
@SuppressWarnings("NullAway.Init")
class CopyAsTest {
  private static final String POLICY =
      """
      cors:
        allow_origins: [http://localhost:3000, "https://*.example.com"]
        allow_credentials: true
        allow_methods: [GET, PUT]
        allow_headers: [X-Custom-Header]
        expose_headers: [X-Total-Count]
        max_age: 1200
        preflight_status: 204
        enforce: unsafe
        enforce_report: all
        trusted_origins: [https://id.example.org]
        explain: true
        dangerously_allow: [insecure_origins]
      """;

  private static final Set<String> LISTS =
      Set.of(
          "allow_origins",
          "allow_methods",
          "allow_headers",
          "expose_headers",
          "trusted_origins",
          "dangerously_allow");

  @TempDir private Path folder;

  @Test
  void javaBuilder_compiles_andBuildsTheSamePolicy() throws Exception {
    String code = forms(POLICY).getString("Java");
    Files.writeString(
        folder.resolve("Copied.java"),
        "import dev.corsac.*;\nimport java.time.Duration;\npublic class Copied {\n"
            + "  public static CorsPolicy policy() {\n"
            + code
            + "    return policy;\n  }\n}\n");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String classPath =
        new File(CorsPolicy.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .getPath();
    assertThat(
            compiler.run(
                null,
                null,
                null,
                "-proc:none",
                "-classpath",
                classPath,
                folder.resolve("Copied.java").toString()))
        .as(code)
        .isZero();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Object built = loader.loadClass("Copied").getMethod("policy").invoke(null);
      assertThat(Objects.requireNonNull(built).toString()).isEqualTo(policy(POLICY).toString());
    }
  }

  @Test
  void springProperties_meanTheSamePolicy() throws Exception {
    Properties properties = new Properties();
    properties.load(new StringReader(forms(POLICY).getString("Spring")));
    Map<String, Object> cors = new LinkedHashMap<>();
    properties.forEach(
        (key, value) -> {
          String name = key.toString().replace("corsac.cors.", "").replace('-', '_');
          String text = value.toString();
          cors.put(
              name,
              name.equals("max_age")
                  ? text.replaceFirst("s$", "")
                  : LISTS.contains(name) ? List.of(text.split(",")) : text);
        });
    assertThat(ConfigLoader.read(Map.of("cors", cors), List.of(), finding -> {}))
        .hasToString(policy(POLICY).toString());
  }

  @Test
  void fetchAndCurl_quoteWhatTheyCarry() throws Exception {
    JsonObject step =
        new JsonObject()
            .put("method", "POST")
            .put("path", "/api/data?q='$(id)'")
            .put("headers", new JsonArray().add(new JsonArray().add("X-Note").add("it's \"so\"")))
            .put("body", new JsonObject().put("type", "form").put("text", "a='b'"))
            .put("credentials", "include");
    JsonObject forms = forms(POLICY, step);
    assertThat(forms.getString("fetch"))
        .contains("\"X-Note\": \"it's \\\"so\\\"\"", "new URLSearchParams(\"a='b'\")");
    assertThat(forms.getString("curl"))
        .contains("'http://localhost:1/api/data?q='\\''$(id)'\\'''")
        .contains("-H 'X-Note: it'\\''s \"so\"'");
  }

  @Test
  void headersThatAnObjectCannotHold_arePairs() throws Exception {
    for (String name : List.of("x-note", "__proto__")) {
      JsonArray headers =
          new JsonArray()
              .add(new JsonArray().add("X-Note").add("1"))
              .add(new JsonArray().add(name).add("2"));
      assertThat(forms(POLICY, new JsonObject().put("headers", headers)).getString("fetch"))
          .contains("[\"X-Note\", \"1\"]", "[\"" + name + "\", \"2\"]");
    }
  }

  @Test
  void policyThatIsOff_isOff() throws Exception {
    assertThat(forms("cors: off\n").getString("Java")).isEqualTo("Cors cors = Cors.off();\n");
  }

  private static CorsPolicy policy(String yaml) {
    return ConfigLoader.loadPolicy("corsac.yaml", yaml).config().orElseThrow().cors().orElseThrow();
  }

  private static JsonObject forms(String policy) throws Exception {
    return forms(policy, new JsonObject());
  }

  private static JsonObject forms(String policy, JsonObject step) throws Exception {
    assertThat(ConfigLoader.loadPolicy("corsac.yaml", policy).findings())
        .noneMatch(each -> each.severity() == Severity.ERROR);
    return CopyAs.of(
        ExperimentReader.read(
            new JsonObject().put("policy", policy).put("steps", new JsonArray().add(step))),
        "http://localhost:1",
        "http://localhost:4000");
  }
}
