package dev.corsac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** {@code corsac origins}, with an embedded H2. */
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class OriginsCommandTest {
  private static final String SHOP = "https://shop.example.com";
  private static final String FAIR = "https://fair.example.com";

  @TempDir private Path folder = Path.of("replaced by JUnit");
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  private int origins(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of("origins", command));
    all.addAll(List.of("--store", "jdbc:h2:" + folder.resolve("origins")));
    all.addAll(List.of(arguments));
    return corsac(all.toArray(String[]::new));
  }

  private int corsac(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    return Corsac.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void addsListsAndRemoves() throws IOException {
    assertThat(origins("list")).isZero();
    assertThat(out.toString()).isEmpty();
    assertThat(origins("add", SHOP, "--owner", "sales", "--note", "the shop\u001b[31m")).isZero();
    assertThat(out.toString()).isEqualTo("Added " + SHOP + ".\n");
    assertThat(origins("list")).isZero();
    assertThat(out.toString()).isEqualTo(SHOP + "  owner sales  # the shop\u241b[31m\n");
    assertThat(origins("list", "--format", "json")).isZero();
    assertThat(json().get(0).get("origin").asText()).isEqualTo(SHOP);
    assertThat(json().get(0).get("owner").asText()).isEqualTo("sales");
    assertThat(origins("remove", SHOP)).isZero();
    assertThat(origins("remove", SHOP)).isEqualTo(1);
    assertThat(err.toString()).contains("is not there");
    assertThat(origins("list", "--policy", "other")).isZero();
  }

  @Test
  void refusesAsLintDoes() throws IOException {
    assertThat(origins("add", SHOP, "http://plain.example")).isEqualTo(1);
    assertThat(out.toString()).isEqualTo("Nothing was added.\n");
    assertThat(err.toString())
        .contains(
            "error: \"http://plain.example\" is not https",
            "corsac rule insecure-origin-credentials");
    assertThat(origins("list")).isZero();
    assertThat(out.toString()).isEmpty();
    assertThat(origins("add", "http://plain.example", "--without-credentials")).isZero();
    assertThat(err.toString()).contains("warning:");
    assertThat(origins("list", "--check")).isEqualTo(1);
    assertThat(origins("list", "--check", "--without-credentials")).isZero();
    assertThat(origins("add", "http://b.example", "--dangerously-allow", "insecure_origins"))
        .isZero();
    assertThat(origins("add", "https://*.github.io", "--format", "json")).isEqualTo(1);
    assertThat(json().get("findings").get(0).get("rule").asText())
        .isEqualTo("public-suffix-credentials");
  }

  @Test
  void importsAndExports() throws IOException {
    Path text = folder.resolve("list.txt");
    Files.writeString(text, SHOP + " # ours\n" + FAIR + "\nhttps://EXAMPLE.com\n");
    assertThat(origins("import", text.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("line 3: error:");
    assertThat(out.toString()).isEqualTo("Imported 0, refused 1.\n");
    assertThat(origins("import", text.toString(), "--skip")).isEqualTo(1);
    assertThat(out.toString()).isEqualTo("Imported 2, refused 1.\n");
    assertThat(origins("export")).isZero();
    assertThat(out.toString()).isEqualTo(FAIR + "\n" + SHOP + "\n");
    assertThat(
            origins(
                "add", FAIR, "--owner", "sales", "--expires", "2999-12-31", "--note", "a \"fair\""))
        .isZero();
    assertThat(origins("export", "--format", "json")).isZero();
    Path exported = folder.resolve("exported.json");
    Files.writeString(exported, out.toString());
    assertThat(origins("import", exported.toString(), "--policy", "second")).isZero();
    assertThat(origins("export", "--policy", "second", "--format", "json")).isZero();
    assertThat(out.toString()).isEqualTo(Files.readString(exported));
    Files.writeString(text, SHOP);
    assertThat(origins("import", text.toString(), "--replace")).isZero();
    assertThat(origins("export")).isZero();
    assertThat(out.toString()).isEqualTo(SHOP + "\n");
  }

  @Test
  void takesStoreAndTermsFromAConfiguration() throws IOException {
    Path config = folder.resolve("corsac.yaml");
    Files.writeString(
        config,
        """
        cors:
          allow_origins_from:
            - database: { url: "jdbc:h2:./origins", user: sa, policy: shop }
        """);
    assertThat(corsac("origins", "add", "http://a.example", "--config", config.toString()))
        .isZero();
    assertThat(origins("export", "--policy", "shop")).isZero();
    assertThat(out.toString()).isEqualTo("http://a.example\n");
  }

  @Test
  void wrongArguments() {
    assertThat(corsac("origins")).isEqualTo(2);
    assertThat(corsac("origins", "list")).isEqualTo(2);
    assertThat(corsac("origins", "list", "--store", "jdbc:mysql://a/b")).isEqualTo(2);
    assertThat(origins("add")).isEqualTo(2);
    assertThat(origins("add", SHOP, "--expires", "tomorrow")).isEqualTo(2);
    assertThat(origins("add", SHOP, "--dangerously-allow", "everything")).isEqualTo(2);
    assertThat(origins("list", "--policy", "../x")).isEqualTo(2);
    assertThat(origins("import", folder.resolve("none.txt").toString())).isEqualTo(2);
    assertThat(corsac("origins", "list", "--store", "jdbc:postgresql://127.0.0.1:1/none"))
        .isEqualTo(3);
    assertThat(err.toString()).contains("cannot be used").doesNotContain("\tat ");
  }
}
