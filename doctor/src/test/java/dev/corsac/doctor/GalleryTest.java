package dev.corsac.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corsac.browser.Body;
import dev.corsac.browser.CredentialsMode;
import dev.corsac.browser.Engine;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.RedirectMode;
import dev.corsac.browser.http.HttpTransport;
import dev.corsac.chromium.SharedChromium;
import dev.corsac.chromium.Tab;
import dev.corsac.doctor.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The doctor names the one planted problem of each exhibit, and a real Chromium agrees. */
@SuppressWarnings("NullAway.Init")
class GalleryTest {
  @RegisterExtension private static final SharedChromium CHROMIUM = new SharedChromium();

  private static GalleryServer server;
  private static Tab first;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    server = new GalleryServer(folder);
    first = CHROMIUM.newTab();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @TestFactory
  Stream<DynamicContainer> theDoctorNamesThePlantedProblem() {
    return Gallery.all().stream()
        .map(
            group ->
                dynamicContainer(
                    group.group(),
                    group.cases().stream()
                        .map(each -> dynamicTest(each.name(), () -> examine(each)))));
  }

  @TestFactory
  Stream<DynamicContainer> chromiumAgrees() {
    return Gallery.all().stream()
        .map(
            group ->
                dynamicContainer(
                    group.group(),
                    group.cases().stream()
                        .filter(GalleryTest::isForARealBrowser)
                        .map(each -> dynamicTest(each.name(), () -> load(each)))));
  }

  /** A remote page cannot be visited here, and a browser waits for minutes. */
  private static boolean isForARealBrowser(Gallery.Exhibit exhibit) {
    return exhibit.page() == null
        && exhibit.server().stream().noneMatch(resource -> resource.response().hang());
  }

  private static void examine(Gallery.Exhibit exhibit) {
    Diagnosis diagnosis = diagnose(exhibit);
    Gallery.Expected expected = exhibit.expect();
    assertThat(diagnosis.verdict().id()).as("%s", diagnosis).isEqualTo(expected.verdict());
    assertThat(diagnosis.problem().map(Problem::id).orElse(null))
        .as("%s", diagnosis)
        .isEqualTo(expected.problem());
    assertThat(diagnosis.chromiumError().orElse(null)).isEqualTo(expected.chromium());
    assertThat(diagnosis.remarks().stream().map(note -> note.problem().id()))
        .containsExactlyElementsOf(Objects.requireNonNullElse(expected.notes(), List.of()));
    if (expected.says() != null) {
      assertThat(diagnosis.says()).contains(expected.says());
    }
  }

  private static Diagnosis diagnose(Gallery.Exhibit exhibit) {
    server.show(exhibit);
    Doctor doctor =
        Doctor.create().transport(HttpTransport.create().timeout(Duration.ofSeconds(2)));
    for (String cookie :
        Objects.requireNonNullElse(exhibit.request().cookies(), List.<String>of())) {
      doctor = doctor.cookie(cookie);
    }
    Page page =
        exhibit.page() == null
            ? doctor.visit(Page.of(server.origin()), server.origin() + "/page").orElseThrow()
            : Page.of(exhibit.page());
    return doctor.examine(page, request(exhibit.request()));
  }

  private static PageRequest request(Gallery.Asked asked) {
    PageRequest request =
        PageRequest.fetch(server.fill(asked.url()))
            .method(Objects.requireNonNullElse(asked.method(), "GET"))
            .mode(Objects.requireNonNullElse(asked.mode(), "cors"))
            .credentials(constant(CredentialsMode.class, asked.credentials(), "same-origin"))
            .redirect(constant(RedirectMode.class, asked.redirect(), "follow"));
    for (List<String> header :
        Objects.requireNonNullElse(asked.headers(), List.<List<String>>of())) {
      request = request.header(header.get(0), header.get(1));
    }
    return asked.body() == null ? request : request.body(Body.text(asked.body()));
  }

  private static <E extends Enum<E>> E constant(
      Class<E> type, @Nullable String name, String otherwise) {
    String text = Objects.requireNonNullElse(name, otherwise);
    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static void load(Gallery.Exhibit exhibit) {
    server.show(exhibit);
    try (Tab tab = first.sibling()) {
      tab.open(server.origin() + "/page");
      JsonNode came =
          tab.evaluate(
              "fetch("
                  + "'"
                  + server.fill(exhibit.request().url())
                  + "', "
                  + init(exhibit.request())
                  + ").then(r => r.type, e => 'error')");
      Gallery.Expected expected = exhibit.expect();
      String type =
          expected.verdict().equals("readable")
              ? exhibit.request().url().startsWith("{page}") ? "basic" : "cors"
              : Objects.equals(expected.problem(), "opaque-response") ? "opaque" : "error";
      assertThat(came.asText()).isEqualTo(type);
      if (expected.chromium() == null) {
        assertThat(tab.corsErrors()).isEmpty();
      } else {
        assertThat(tab.awaitCorsError()).containsExactly(expected.chromium());
      }
      diagnose(exhibit)
          .consoleLine(Engine.CHROMIUM)
          .ifPresent(line -> assertThat(tab.awaitConsole(line)).contains(line));
    }
  }

  private static ObjectNode init(Gallery.Asked asked) {
    ObjectNode init = JsonNodeFactory.instance.objectNode();
    init.put("method", Objects.requireNonNullElse(asked.method(), "GET"));
    init.put("mode", Objects.requireNonNullElse(asked.mode(), "cors"));
    init.put("credentials", Objects.requireNonNullElse(asked.credentials(), "same-origin"));
    // What one exhibit lets a browser remember must not serve the next.
    init.put("cache", "no-store");
    init.put("redirect", Objects.requireNonNullElse(asked.redirect(), "follow"));
    ObjectNode headers = init.putObject("headers");
    for (List<String> header :
        Objects.requireNonNullElse(asked.headers(), List.<List<String>>of())) {
      headers.put(header.get(0), header.get(1));
    }
    if (asked.body() != null) {
      init.put("body", asked.body());
    }
    return init;
  }
}
