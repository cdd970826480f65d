package dev.corsac.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.chromium.SharedChromium;
import dev.corsac.chromium.Tab;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every lesson and attack in a real browser, before and after its change. */
@SuppressWarnings("NullAway.Init")
class LessonsTest {
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

  @ParameterizedTest
  @ValueSource(strings = {"lessons", "attacks"})
  void each_endsAsExpected_andAsTheModelSays_andAnswersItsQuestion(String kind) throws IOException {
    List<Lesson> lessons = Lesson.all(kind, lab.origins());
    try (Tab tab = CHROMIUM.newTab()) {
      tab.window(390, 900, false);
      LabPage page = new LabPage(tab).open(lab.origins().listed() + "/#/decoder");
      for (int i = 0; i < lessons.size(); i++) {
        Lesson lesson = lessons.get(i);
        String place = "#/" + kind + "/" + (i + 1);
        page.follow(place);
        assertThat(tab.text("#lesson-title")).isEqualTo(lesson.title());
        int answer = lesson.json().getInteger("answer");
        tab.evaluate("document.querySelectorAll('[name=choice]')[" + answer + "].click()");
        assertThat(tab.text(".answer")).isEqualTo("Now run it and see.");
        int height = height(tab);
        holds(page, lesson.title(), lesson.first());
        assertThat(height(tab)).as(lesson.title() + ": the answer moves nothing").isEqualTo(height);
        assertThat(tab.text(".answer"))
            .startsWith("Right.")
            .contains(lesson.json().getString("because").replace("`", ""));
        page.follow(place + "/break");
        holds(page, lesson.title() + ", with its change", lesson.second());
        assertThat(tab.text("#chapters [aria-current]"))
            .as(lesson.title())
            .contains(String.valueOf(i + 1), "done");
      }
      assertThat(tab.console()).noneMatch(line -> line.contains("Content Security Policy"));
    }
  }

  /** What people run in other browsers. */
  @Test
  void check_runsAll_andFindsNothing() {
    try (Tab tab = CHROMIUM.newTab()) {
      new LabPage(tab).open(lab.origins().listed() + "/#/check");
      for (int i = 0; i < 5 && !isChecked(tab); i++) {
        try {
          tab.await("document.getElementById('check-results').dataset.done");
        } catch (IllegalStateException slow) {
          // A busy machine: the patience of a tab is for one experiment.
        }
      }
      assertThat(tab.text("#check-status")).startsWith("All ").contains("ended as expected");
      assertThat(tab.evaluate("document.querySelectorAll('#check-results li').length").asInt())
          .isGreaterThan(40);
    }
  }

  private static int height(Tab tab) {
    return tab.evaluate("document.getElementById('lesson').offsetHeight").asInt();
  }

  private static boolean isChecked(Tab tab) {
    return tab.evaluate("Boolean(document.getElementById('check-results').dataset.done)")
        .asBoolean();
  }

  private static void holds(LabPage page, String name, Lesson.Trial trial) {
    if (trial.verdicts().isEmpty()) {
      assertThat(page.tab().text("#findings")).as(name).contains("Error.");
      assertThat(page.tab().evaluate("document.getElementById('run').disabled").asBoolean())
          .as(name)
          .isTrue();
      return;
    }
    page.run();
    for (Asker asker : Asker.values()) {
      Report.Kind verdict = trial.verdicts().get(asker);
      assertThat(page.isShown(asker)).as(name + ": " + asker).isEqualTo(verdict != null);
      if (verdict != null) {
        assertThat(page.verdict(asker)).as(name + ": " + asker).isEqualTo(verdict.id());
        String drawn = page.tab().text("#lane-" + asker.id());
        assertThat(drawn).as(name).contains("Chromium did what the model had said.");
        for (String text : trial.says().getOrDefault(asker, List.of())) {
          assertThat(drawn).as(name).contains(text);
        }
        for (String text : trial.saysNot().getOrDefault(asker, List.of())) {
          assertThat(drawn).as(name).doesNotContain(text);
        }
      }
    }
  }
}
