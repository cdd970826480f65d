package dev.corsac.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.corsac.CorsPolicy;
import dev.corsac.Risk;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FindingTest {
  private static final Spelling SHOUTED =
      new Spelling() {
        @Override
        public String key(String name) {
          return name.toUpperCase(Locale.ROOT);
        }

        @Override
        public String variable(String name, String fallback) {
          return "%" + name + "|" + fallback + "%";
        }
      };

  private static final SettingPath PATH =
      SettingPath.of("routes").index(0).key("cors").key("max_age");

  private static final Finding FINDING =
      Finding.of(
          PolicyRule.MAX_AGE_RANGE,
          PATH,
          Wording.of("\"max_age\" is not ").key("max_age").text("."),
          Wording.of("Write ").keys(List.of("a", "b")).text(" or ").variable("AGE", "3600"));

  @Test
  void path_isStepsAndNoText() {
    assertThat(PATH.steps())
        .containsExactly(
            new SettingPath.Key("routes"),
            new SettingPath.Index(0),
            new SettingPath.Key("cors"),
            new SettingPath.Key("max_age"));
    assertThat(PATH).hasToString("routes[0].cors.max_age");
    assertThat(SettingPath.ROOT).hasToString("");
    assertThat(SettingPath.ROOT.steps()).isEmpty();
    assertThat(SettingPath.of("max_age").below(SettingPath.of("routes").index(0).key("cors")))
        .isEqualTo(PATH)
        .hasSameHashCodeAs(PATH)
        .isNotEqualTo(SettingPath.of("max_age"));
    assertThat(SettingPath.ROOT.below(PATH)).isEqualTo(PATH);
    assertThat(SettingPath.of("a.b")).isNotEqualTo(SettingPath.of("a").key("b"));
  }

  @Test
  void keysAreSpelled_andValuesAreNot() {
    assertThat(FINDING)
        .hasToString(
            "routes[0].cors.max_age: \"max_age\" is not max_age."
                + " Fix: Write a, b or ${AGE:-3600} [max-age-range]");
    Finding shouted = FINDING.in(SHOUTED);
    assertThat(shouted)
        .hasToString(
            "ROUTES[0].CORS.MAX_AGE: \"max_age\" is not MAX_AGE."
                + " Fix: Write A, B or %AGE|3600% [max-age-range]")
        .isNotEqualTo(FINDING);
    assertThat(shouted.where()).isEqualTo("ROUTES[0].CORS.MAX_AGE");
    assertThat(shouted.path()).isEqualTo(PATH);
    assertThat(shouted.in(Spelling.FILE)).isEqualTo(FINDING).hasSameHashCodeAs(FINDING);
  }

  @Test
  void aChangeLeavesTheRest() {
    Finding changed =
        FINDING.about("7").at(SettingPath.of("here")).introducedBy("In a profile: ").in(SHOUTED);
    assertThat(changed.subject()).contains("7");
    assertThat(changed.where()).isEqualTo("HERE");
    assertThat(changed.message()).isEqualTo("In a profile: \"max_age\" is not MAX_AGE.");
    assertThat(changed.fix()).isEqualTo(FINDING.in(SHOUTED).fix());
    assertThat(changed.severity()).isEqualTo(Severity.ERROR);
    assertThat(FINDING.subject()).isEmpty();
  }

  @Test
  void theSubjectIsTheValueAsItWasWritten() {
    List<Finding> findings =
        CorsPolicy.builder()
            .allowOrigins("https://example.com", "https://ex\u00e4mple.com")
            .dangerouslyAllow(Risk.NULL_ORIGIN)
            .findings();
    assertThat(findings)
        .extracting(finding -> finding.path().steps(), finding -> finding.subject().orElse(""))
        .containsExactly(
            tuple(
                List.of(new SettingPath.Key("allow_origins"), new SettingPath.Index(1)),
                "https://ex\u00e4mple.com"),
            tuple(List.of(new SettingPath.Key("dangerously_allow")), "null_origin"));
  }
}
