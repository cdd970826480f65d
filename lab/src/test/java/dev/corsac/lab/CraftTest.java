package dev.corsac.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corsac.chromium.SharedChromium;
import dev.corsac.chromium.Tab;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every visitor has a right to: a page that is light, stands still, and needs no mouse. */
@SuppressWarnings("NullAway.Init")
class CraftTest {
  private static final List<String> VIEWS =
      List.of("#/lessons/5", "#/attacks/4/break", "#/bench", "#/decoder");

  private static final int LARGEST_TRANSFER = 300_000;

  @RegisterExtension private static final SharedChromium CHROMIUM = new SharedChromium();

  private static LabServers lab;

  @BeforeAll
  static void start() throws IOException {
    lab = new LabServers();
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @Test
  void axe_findsNothing_lightAndDark_narrowAndWide() throws IOException {
    String axe = axe();
    for (int width : new int[] {390, 1440}) {
      for (boolean dark : new boolean[] {false, true}) {
        try (Tab tab = CHROMIUM.newTab()) {
          tab.window(width, 900, dark);
          LabPage page = new LabPage(tab).open(lab.origins().listed() + "/#/decoder");
          tab.evaluate(axe + "; undefined");
          for (String view : VIEWS) {
            String name = view + " at " + width + (dark ? " dark" : " light");
            if (view.equals("#/decoder")) {
              tab.evaluate("location.hash = '" + view + "'");
              tab.evaluate("document.querySelector('#samples button').click()");
              tab.await("document.getElementById('decoded').dataset.kind");
            } else if (view.equals("#/bench")) {
              // The bench keeps the experiment of the lesson that one comes from.
              tab.evaluate("location.hash = '" + view + "'");
              tab.await("document.body.dataset.view === 'bench'");
              page.run();
            } else {
              page.follow(view).run();
            }
            assertThat(violations(tab)).as(name).isEmpty();
            assertThat(
                    tab.evaluate("document.documentElement.scrollWidth <= innerWidth").asBoolean())
                .as(name + ": no scrolling to the side")
                .isTrue();
          }
        }
      }
    }
  }

  private static String violations(Tab tab) {
    JsonNode found =
        tab.evaluate(
            "axe.run({iframes: false}).then(result => result.violations.map(each => each.id + ': '"
                + " + each.nodes.map(node => node.html.slice(0, 200) + ' '"
                + " + node.failureSummary).join('; ')).join('\\n'))");
    return found.asText();
  }

  @Test
  void nothingJumps_andItIsLight() {
    try (Tab tab = CHROMIUM.newTab()) {
      for (int width : new int[] {390, 1440}) {
        tab.window(width, 900, false);
        new LabPage(tab).open(lab.origins().unlisted() + "/?" + width);
        tab.await("document.documentElement.dataset.checked");
        double shift =
            tab.evaluate(
                    "new Promise(resolve => new PerformanceObserver(list => resolve("
                        + "list.getEntries().filter(each => !each.hadRecentInput)"
                        + ".reduce((sum, each) => sum + each.value, 0)))"
                        + ".observe({type: 'layout-shift', buffered: true})"
                        + " || setTimeout(resolve, 500, 0))")
                .asDouble();
        assertThat(shift).as("layout shift at " + width).isLessThan(0.005);
        int transferred =
            tab.evaluate(
                    "performance.getEntriesByType('navigation').concat("
                        + "performance.getEntriesByType('resource'))"
                        + ".reduce((sum, each) => sum + (each.transferSize || 0), 0)")
                .asInt();
        assertThat(transferred).isBetween(10_000, LARGEST_TRANSFER);
      }
    }
  }

  /** A click of the program's own counts as no input, so that no shift is forgiven. */
  @Test
  void nothingJumps_whileAnExperimentRuns() {
    String places =
        "JSON.stringify(['lane-listed', 'run', 'next'].map(id =>"
            + " Math.round(document.getElementById(id).getBoundingClientRect().top)))";
    for (int width : new int[] {390, 1440}) {
      try (Tab tab = CHROMIUM.newTab()) {
        tab.window(width, 900, false);
        LabPage page = new LabPage(tab).open(lab.origins().listed() + "/#/decoder");
        for (String view : List.of("#/lessons/5", "#/lessons/7", "#/attacks/1")) {
          String name = view + " at " + width;
          page.follow(view);
          tab.await("!document.getElementById('run').disabled");
          tab.evaluate(
              "document.getElementById('lanes').scrollIntoView();"
                  + " globalThis.shift = 0; globalThis.moved = []; globalThis.watch?.disconnect();"
                  + " globalThis.watch = new PerformanceObserver(list =>"
                  + " list.getEntries().forEach(each => { shift += each.value;"
                  + " moved.push(...each.sources.map(({node}) => node?.id || node?.className)); }));"
                  + " watch.observe({type: 'layout-shift'}); undefined");
          String before = tab.evaluate(places).asText();
          for (String time : List.of("first", "second")) {
            tab.evaluate("document.getElementById('run').click()");
            tab.await("document.documentElement.dataset.ran");
            assertThat(tab.evaluate(places).asText()).as(name + ", " + time).isEqualTo(before);
          }
          // On a phone the second page stands below the first, which grows.
          if (width == 1440) {
            JsonNode moved =
                tab.evaluate(
                    "new Promise(resolve => setTimeout(() => resolve(moved.join()), 300))");
            assertThat(tab.evaluate("shift").asDouble())
                .as(name + ": " + moved.asText())
                .isLessThan(0.005);
          }
        }
      }
    }
  }

  @Test
  void theCurrentChapter_isInSight_alsoOnAPhone() {
    try (Tab tab = CHROMIUM.newTab()) {
      tab.window(390, 900, false);
      LabPage page = new LabPage(tab).open(lab.origins().listed() + "/#/decoder");
      for (int lesson : new int[] {1, 10, 19}) {
        page.follow("#/lessons/" + lesson);
        assertThat(
                tab.evaluate(
                        "(({left, right}) => left >= 0 && right <= innerWidth)(document.querySelector("
                            + "'#chapters [aria-current]').getBoundingClientRect())")
                    .asBoolean())
            .as("lesson " + lesson)
            .isTrue();
        assertThat(tab.evaluate("scrollY").asInt()).isZero();
      }
    }
  }

  @Test
  void keyboard_isEnough_toAnswerALesson_andToGoOn() {
    try (Tab tab = CHROMIUM.newTab()) {
      LabPage page = new LabPage(tab).open(lab.origins().listed() + "/");
      tab.await("!document.getElementById('run').disabled");
      tabTo(tab, "name", "choice");
      tab.press("ArrowDown");
      assertThat(tab.evaluate("document.querySelector('[name=choice]:checked').value").asText())
          .isEqualTo("1");
      tabTo(tab, "id", "run");
      tab.press("Enter");
      tab.await("document.documentElement.dataset.ran");
      assertThat(tab.text(".answer")).startsWith("Right.");
      assertThat(page.verdict(Asker.UNLISTED)).isEqualTo("blocked");
      tabTo(tab, "id", "next");
      tab.press("Enter");
      tab.await("location.hash === '#/lessons/2'");
    }
  }

  /** Goes on with the tabulator key until something with this attribute has the focus. */
  private static void tabTo(Tab tab, String attribute, String value) {
    String focused = "document.activeElement.getAttribute('" + attribute + "')";
    for (int i = 0; i < 60; i++) {
      tab.press("Tab");
      if (tab.evaluate(focused).asText().equals(value)) {
        assertThat(tab.evaluate("getComputedStyle(document.activeElement).outlineStyle").asText())
            .isNotEqualTo("none");
        return;
      }
    }
    throw new AssertionError("no tab stop with " + attribute + " " + value);
  }

  private static String axe() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            CraftTest.class.getResourceAsStream(
                "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
