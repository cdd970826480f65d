package dev.corsac.example.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.chromium.Chromium;
import dev.corsac.chromium.Tab;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of MCP Inspector in Chromium as a client of the example: from the page itself, across
 * origins, and through Inspector's own proxy. {@code -Dcorsac.inspector=DIR} runs it: see {@code
 * README.md}.
 */
class InspectorTest {
  private static final Pattern PAGE =
      Pattern.compile("http://localhost:6274/\\?MCP_PROXY_AUTH_TOKEN=\\w+");
  private static final Duration START = Duration.ofMinutes(1);

  @TempDir private Path folder = Path.of("replaced by JUnit");

  @TestFactory
  Stream<DynamicTest> page_connectsAndListsTools() {
    String programs = System.getProperty("corsac.inspector");
    return programs == null
        ? Stream.empty()
        : Stream.of("direct", "proxy")
            .map(way -> DynamicTest.dynamicTest(way, () -> connect(way, Path.of(programs))));
  }

  private void connect(String way, Path programs) throws Exception {
    McpExample example = new McpExample(0);
    Process inspector = start(programs);
    try (Chromium chromium = Chromium.start()) {
      String server = "http://127.0.0.1:" + example.port() + "/mcp";
      try (Tab tab = chromium.newTab()) {
        String page = page(inspector);
        tab.open(page);
        tab.evaluate("localStorage.setItem('lastConnectionType', '" + way + "')");
        tab.open(
            page
                + "&transport=streamable-http&serverUrl="
                + URLEncoder.encode(server, StandardCharsets.UTF_8));
        click(tab, "Connect");
        click(tab, "List Tools");
        tab.await("document.body.innerText.includes('Greets whoever calls.')");
        assertThat(tab.corsErrors()).isEmpty();
        assertThat(
                tab.evaluate("performance.getEntriesByName('" + server + "').length > 0")
                    .asBoolean())
            .as("the page itself called the server")
            .isEqualTo(way.equals("direct"));
        assertThat(tab.text("body")).contains("corsac-example");
      }
    } finally {
      inspector.descendants().forEach(ProcessHandle::destroy);
      inspector.destroy();
      inspector.waitFor();
      example.stop();
    }
  }

  private static void click(Tab tab, String label) {
    String button =
        "[...document.querySelectorAll('button')].find(each => each.innerText.trim() === '"
            + label
            + "' && !each.disabled)";
    tab.await("!!" + button);
    tab.evaluate(button + ".click()");
  }

  private Process start(Path programs) throws IOException {
    Path bin = programs.resolve("node_modules").resolve(".bin").toAbsolutePath();
    ProcessBuilder builder = new ProcessBuilder(bin.resolve("mcp-inspector").toString());
    Map<String, String> environment = builder.environment();
    environment.put("PATH", bin + ":" + environment.get("PATH"));
    environment.put("MCP_AUTO_OPEN_ENABLED", "false");
    return builder
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log().toFile())
        .start();
  }

  private Path log() {
    return folder.resolve("log");
  }

  /** The address that Inspector prints when it serves. */
  private String page(Process inspector) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (inspector.isAlive() && System.nanoTime() < deadline) {
      Matcher matcher = PAGE.matcher(Files.readString(log()));
      if (matcher.find()) {
        return matcher.group();
      }
      Thread.sleep(100);
    }
    throw new AssertionError(Files.readString(log()));
  }
}
