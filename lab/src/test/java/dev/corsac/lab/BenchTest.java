package dev.corsac.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.chromium.SharedChromium;
import dev.corsac.chromium.Tab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The bench in a real browser. */
@SuppressWarnings("NullAway.Init")
class BenchTest {
  @RegisterExtension private static final SharedChromium CHROMIUM = new SharedChromium();

  private static LabServers lab;

  /** What the two pages end with. */
  private record Ends(String listed, String unlisted) {}

  private static final Map<String, Ends> ENDS =
      Map.ofEntries(
          Map.entry("A plain GET", new Ends("readable", "blocked")),
          Map.entry("A POST with JSON and a header of its own", new Ends("readable", "blocked")),
          Map.entry("A method that the policy does not list", new Ends("blocked", "blocked")),
          Map.entry("Log in, then read what is protected", new Ends("readable", "blocked")),
          Map.entry("A header that the page may read", new Ends("readable", "blocked")),
          Map.entry("Every origin may read", new Ends("readable", "readable")),
          Map.entry("A preflight that is remembered", new Ends("readable", "blocked")),
          Map.entry(
              "A simple POST that runs although the page is blocked",
              new Ends("readable", "blocked")),
          Map.entry("The same POST, and enforce stops it", new Ends("readable", "blocked")),
          Map.entry("No CORS headers at all", new Ends("blocked", "blocked")),
          Map.entry("Headers by hand: * with credentials", new Ends("blocked", "blocked")));

  private static final String REFUSED = "Every origin, with credentials: a policy that is refused";

  @BeforeAll
  static void start() throws IOException {
    lab = new LabServers();
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @Test
  void everyExample_endsAsExpected_andAsTheModelSays() throws IOException {
    JsonArray examples = new JsonArray(resource("page/examples.json"));
    try (Tab tab = CHROMIUM.newTab()) {
      tab.open(lab.origins().listed());
      for (int i = 0; i < examples.size(); i++) {
        String title = examples.getJsonObject(i).getString("title");
        if (title.equals(REFUSED)) {
          continue;
        }
        choose(tab, i);
        run(tab);
        Ends ends = Objects.requireNonNull(ENDS.get(title), title);
        assertThat(state(tab, "listed")).as(title).isEqualTo(ends.listed());
        assertThat(state(tab, "unlisted")).as(title).isEqualTo(ends.unlisted());
        for (String asker : List.of("listed", "unlisted")) {
          assertThat(tab.text("#lane-" + asker + " .judgements"))
              .as(title)
              .contains("Chromium did what the model had said.");
          assertConsoleIsQuoted(tab, asker);
        }
      }
      assertThat(tab.console()).noneMatch(line -> line.contains("Content Security Policy"));
    }
  }

  private static void assertConsoleIsQuoted(Tab tab, String asker) {
    String quoted =
        tab.evaluate("document.querySelector('#lane-" + asker + " .console')?.textContent ?? ''")
            .asText();
    if (!quoted.isEmpty()) {
      assertThat(tab.awaitConsole(quoted)).contains(quoted);
    }
  }

  @Test
  void refusedPolicy_cannotRun_andSaysWhy() throws IOException {
    JsonArray examples = new JsonArray(resource("page/examples.json"));
    try (Tab tab = CHROMIUM.newTab()) {
      tab.open(lab.origins().unlisted());
      for (int i = 0; i < examples.size(); i++) {
        if (examples.getJsonObject(i).getString("title").equals(REFUSED)) {
          choose(tab, i);
        }
      }
      assertThat(tab.text("#findings")).contains("Error.", "Line 2");
      assertThat(tab.evaluate("document.getElementById('run').disabled").asBoolean()).isTrue();
    }
  }

  @Test
  void blockedPostThatRan_isSaidToHaveRun_andEnforceStopsIt() {
    try (Tab tab = CHROMIUM.newTab()) {
      tab.open(lab.origins().listed());
      follow(tab, transfer(""));
      run(tab);
      assertThat(tab.text("#lane-unlisted .stories")).contains("But the request ran on the server");
      assertThat(tab.text("#lane-listed .stories")).contains("{\"transfers\":2}");
      follow(tab, transfer("  enforce: unsafe\n"));
      run(tab);
      assertThat(tab.text("#lane-unlisted .stories"))
          .contains("The request did not run.")
          .contains("403");
      assertThat(tab.text("#lane-listed .stories")).contains("{\"transfers\":1}");
    }
  }

  @Test
  void aSlowCheck_isSaidToRun_andTheNextWaitsForIt() {
    try (Tab tab = CHROMIUM.newTab()) {
      tab.open(lab.origins().listed());
      follow(tab, transfer(""));
      tab.evaluate(
          "globalThis.asked = []; globalThis.open = 0; globalThis.most = 0; const real = fetch;"
              + " globalThis.fetch = async (path, init) => {"
              + " asked.push(JSON.parse(init.body).policy); most = Math.max(most, ++open);"
              + " await new Promise(resolve => { globalThis.go = resolve; });"
              + " open--; return real(path, init); }; undefined");
      write(tab, "cors: {allow_origins: [first]}");
      tab.await("document.getElementById('checking').textContent === 'Checking …'");
      write(tab, "cors: {allow_origins: [second]}");
      write(tab, "cors: {allow_origins: [third]}");
      tab.evaluate("new Promise(resolve => setTimeout(resolve, 500)).then(() => go())");
      tab.await("asked.length === 2");
      tab.evaluate("go()");
      tab.await("document.getElementById('findings').textContent.includes('third')");
      assertThat(tab.text("#checking")).isEmpty();
      assertThat(tab.evaluate("most").asInt()).isEqualTo(1);
      assertThat(tab.evaluate("asked.join()").asText()).contains("first", "third");
    }
  }

  @Test
  void whatIsCopied_afterARun_asksItsSandbox() throws Exception {
    try (Tab tab = CHROMIUM.newTab()) {
      tab.open(lab.origins().listed());
      follow(tab, transfer(""));
      tab.evaluate(
          "const forms = document.getElementById('copy-as'); forms.value = 'curl';"
              + " forms.dispatchEvent(new Event('change')); undefined");
      assertThat(tab.text("#copy-hint")).startsWith("Run it first");
      run(tab);
      assertThat(tab.text("#copy-hint")).isEmpty();
      Matcher url = Pattern.compile("http:[^ ']*").matcher(tab.text("#copied-text"));
      assertThat(url.find()).isTrue();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url.group()))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      assertThat(
              HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body())
          .contains("transfers");
    }
  }

  @Test
  void manyFindings_areCounted() {
    StringBuilder policy = new StringBuilder("cors:\n");
    for (int i = 0; i < 60; i++) {
      policy.append("  key").append(i).append(": 1\n");
    }
    try (Tab tab = CHROMIUM.newTab()) {
      tab.open(lab.origins().listed());
      follow(tab, transfer(""));
      write(tab, policy.toString());
      tab.await("document.getElementById('findings').textContent.includes('And 1')");
      assertThat(tab.evaluate("document.querySelectorAll('#findings li').length").asInt())
          .isEqualTo(51);
    }
  }

  private static void write(Tab tab, String policy) {
    tab.evaluate(
        "policy.value = "
            + new JsonArray().add(policy).encode()
            + "[0]; policy.dispatchEvent(new Event('input')); undefined");
  }

  @Test
  void whatAVisitorWrites_isText() {
    JsonObject step =
        new JsonObject()
            .put("method", "GET")
            .put(
                "path", "/%3Cimg/src=x/onerror=alert(1)%3E?q=<img/src=x/onerror=document.title=1>");
    JsonObject experiment =
        new JsonObject()
            .put("policy", "cors:\n  allow_origins: [\"<img src=x onerror=document.title=1>\"]\n")
            .put(
                "server",
                "response: 200\nX-Note: <b id=injected>x</b>\nAccess-Control-Allow-Origin: *\n")
            .put("steps", new JsonArray().add(step));
    try (Tab tab = CHROMIUM.newTab()) {
      tab.open(lab.origins().listed());
      follow(tab, experiment);
      run(tab);
      assertThat(tab.evaluate("document.querySelectorAll('#injected, img[src=x]').length").asInt())
          .isZero();
      assertThat(tab.evaluate("document.title").asText()).isEqualTo("The CORS lab");
    }
  }

  private JsonObject transfer(String more) {
    String policy =
        "cors:\n  allow_origins: [\"" + lab.origins().listed() + "\"]\n  max_age: 3600\n" + more;
    return new JsonObject()
        .put("policy", policy)
        .put(
            "steps",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("method", "POST")
                        .put("path", "/transfer")
                        .put(
                            "body", new JsonObject().put("type", "text").put("text", "amount=100")))
                .add(
                    new JsonObject()
                        .put("method", "GET")
                        .put("path", "/transfers")
                        .put("askers", new JsonArray().add("listed"))));
  }

  private static void choose(Tab tab, int example) {
    String before = checked(tab);
    tab.evaluate(
        "(() => { const s = document.getElementById('example'); s.value = '"
            + example
            + "'; s.dispatchEvent(new Event('change')); })()");
    tab.await("document.documentElement.dataset.checked !== '" + before + "'");
  }

  /** Goes to an experiment as by its link. */
  private static void follow(Tab tab, JsonObject experiment) {
    String before = checked(tab);
    tab.evaluate("location.hash = " + fragment(experiment));
    tab.await("document.documentElement.dataset.checked !== '" + before + "'");
  }

  private static String checked(Tab tab) {
    tab.await("document.documentElement.dataset.checked");
    return tab.evaluate("document.documentElement.dataset.checked").asText();
  }

  private static void run(Tab tab) {
    tab.await(
        "document.documentElement.dataset.checked && !document.getElementById('run').disabled");
    tab.click("#run");
    tab.await("document.documentElement.dataset.ran");
  }

  private static String state(Tab tab, String asker) {
    return tab.evaluate("document.getElementById('lane-" + asker + "').dataset.state").asText();
  }

  /** A JavaScript string with the link's fragment, as the page makes it. */
  private static String fragment(JsonObject experiment) {
    String encoded =
        java.util.Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(experiment.encode().getBytes(StandardCharsets.UTF_8));
    return "'#e=" + encoded + "'";
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = LabPages.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
