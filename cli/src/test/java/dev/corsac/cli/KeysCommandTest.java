package dev.corsac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corsac.config.ConfigLoader;
import dev.corsac.config.ConfigResult;
import dev.corsac.config.access.GuardsConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class KeysCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void created_isWhatTheFileWants(@TempDir Path folder) throws Exception {
    assertThat(run("keys", "create", "--id", "acme")).isZero();
    String line = out.toString().lines().reduce((first, last) -> last).orElseThrow();
    Path file =
        Files.writeString(
            folder.resolve("corsac.yaml"), "guards:\n  api_keys:\n    keys:\n    " + line + "\n");
    ConfigResult result = ConfigLoader.load(file, Map.of());
    assertThat(result.findings()).isEmpty();
    GuardsConfig.ApiKeys keys =
        result.config().orElseThrow().options().guards().apiKeys().orElseThrow();
    String key = out.toString().lines().skip(1).findFirst().orElseThrow().strip();
    assertThat(keys.keys()).containsExactly(new GuardsConfig.ApiKey("acme", sha256(key)));
  }

  @Test
  void json_andWrongArguments() throws Exception {
    assertThat(run("keys", "create", "--format", "json")).isZero();
    JsonNode made = new ObjectMapper().readTree(out.toString());
    assertThat(made.get("sha256").asText()).isEqualTo(sha256(made.get("key").asText()));
    assertThat(run("keys", "create", "--id", "a b")).isEqualTo(2);
    assertThat(run("keys")).isEqualTo(2);
    assertThat(err.toString()).contains("letters, digits", "create");
  }

  private static String sha256(String key) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
  }

  private int run(String... arguments) {
    return Corsac.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
