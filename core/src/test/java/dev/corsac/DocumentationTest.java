package dev.corsac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the code in README and guide equal to the code here, which is compiled and run. */
class DocumentationTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void readme_buildsAPolicy() throws IOException {
    CorsPolicy policy =
        CorsPolicy.builder()
            .allowOrigins("https://example.com", "https://*.example.com")
            .allowMethods("GET", "POST", "PUT", "DELETE")
            .allowCredentials()
            .build();
    assertThat(policy.decide(Request.get("https://app.example.com")).reason())
        .isEqualTo(Reason.ORIGIN_ALLOWED);
    assertThat(blocks("README.md", "java"))
        .singleElement()
        .satisfies(DocumentationTest::standsHere);
  }

  @Test
  void readme_showsTheErrors() throws IOException {
    InvalidPolicyException refusal =
        catchThrowableOfType(
            InvalidPolicyException.class,
            () ->
                CorsPolicy.builder()
                    .allowOrigins("https://example.com/", "*")
                    .allowCredentials()
                    .build());
    assertThat(blocks("README.md", "")).contains(refusal.getMessage() + "\n");
  }

  @Test
  void guide_logsDenials() throws IOException {
    CorsPolicy policy =
        CorsPolicy.builder()
            .allowOrigins("https://example.com")
            .enforce(Enforcement.UNSAFE)
            .build();
    Log logger = new Log(new ArrayList<>());
    Cors logged = policy.observedBy(new DenialLog(logger::info));
    logged.decide(Request.at("POST", "/api/data", "Origin", "https://evil.example"));
    logged.decide(Request.at("GET", "/api/data", "Origin", "https://evil.example"));
    assertThat(blocks("docs/guide.md", "")).contains(String.join("\n", logger.lines()) + "\n");
    assertThat(blocks("docs/guide.md", "java"))
        .singleElement()
        .satisfies(DocumentationTest::standsHere);
  }

  private record Log(List<String> lines) {
    void info(String line) {
      lines.add(line);
    }
  }

  private static void standsHere(String block) throws IOException {
    String source = Files.readString(Path.of("src/test/java/dev/corsac/DocumentationTest.java"));
    assertThat(withoutSpace(source)).contains(withoutSpace(block));
  }

  private static String withoutSpace(String code) {
    return code.replaceAll("\\s+", "");
  }

  /** The fenced blocks of a language in a file of the repository. */
  private static List<String> blocks(String file, String language) throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher matcher =
        Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(Files.readString(ROOT.resolve(file)));
    while (matcher.find()) {
      if (matcher.group(1).equals(language)) {
        blocks.add(matcher.group(2));
      }
    }
    return blocks;
  }
}
