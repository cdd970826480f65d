package dev.corsac.doctor.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemediesTest {
  private static final Facts WHOLE =
      Facts.of(Fact.ORIGIN, "https://shop-7.example.org:8443")
          .with(Fact.METHOD, "PATCH")
          .with(Fact.ASKED, "X-One, X-Two")
          .with(Fact.EXPOSED, "X-Three")
          .with(Fact.CREDENTIALS, "include");

  static Stream<String> names() {
    return Arrays.stream(Problem.values()).flatMap(each -> each.remedy().stream()).distinct();
  }

  static Problem problem(String remedy) {
    return Arrays.stream(Problem.values())
        .filter(each -> each.remedy().filter(remedy::equals).isPresent())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void wholeRequest_hasASectionForEachStack() {
    assertThat(Remedies.titles(Remedies.WHOLE))
        .isEqualTo(Arrays.stream(Stack.values()).map(Stack::title).toList());
  }

  @ParameterizedTest
  @MethodSource("names")
  void everySectionIsPlain(String name) {
    assertThat(Arrays.stream(Stack.values()).map(Stack::title)).containsAll(Remedies.titles(name));
    assertThat(Pattern.compile("(?m)^## ").matcher(Remedies.text(name)).results())
        .hasSameSizeAs(Remedies.titles(name));
    for (Stack stack : Stack.values()) {
      for (Facts facts : List.of(Facts.of(), WHOLE)) {
        Remedies.of(problem(name), stack, facts).ifPresent(RemediesTest::isPlain);
      }
    }
  }

  private static void isPlain(Remedy remedy) {
    assertThat(remedy.says()).endsWith(".").doesNotContain("\n");
    assertThat(remedy.code()).isNotBlank().doesNotContain("```").matches("[ -~\n]+");
    assertThat(remedy.code().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(121));
    assertThat(remedy.markdown())
        .doesNotContainPattern("\\{(origin|method|header|path|request|[a-z]+list|exposed|headers)}")
        .doesNotContainPattern("\\{(if|unless|each) ");
  }

  @Test
  void of_namesAllOfTheRequest() {
    for (Stack stack : Stack.values()) {
      for (Problem problem : Problem.values()) {
        boolean ofRequest = problem.remedy().filter(name -> !name.equals("cookie")).isPresent();
        boolean hands =
            stack == Stack.KEYCLOAK || (stack == Stack.SPRING && problem.name().endsWith("TWICE"));
        if (ofRequest && !hands) {
          Remedy remedy = Remedies.of(problem, stack, WHOLE).orElseThrow();
          assertThat(remedy.code())
              .as("%s, %s", problem, stack)
              .contains("https://shop-7.example.org:8443", "X-One", "X-Two")
              .containsIgnoringCase("patch");
          boolean credentials = stack == Stack.S3 || stack == Stack.GCS;
          assertThat(
                  credentials
                      || remedy.code().toLowerCase(java.util.Locale.ROOT).contains("credentials"))
              .as("%s, %s", problem, stack)
              .isTrue();
        }
      }
    }
  }

  @Test
  void of_noMatterOfTheServer() {
    assertThat(Remedies.of(Problem.NAME_NOT_RESOLVED, Stack.SPRING, Facts.of())).isEmpty();
  }

  @Test
  void of_fillsInTheCase() {
    Facts values =
        Facts.of(Fact.ORIGIN, "http://[::1]:3000")
            .with(Fact.METHOD, "PATCH")
            .with(Fact.HEADER, "X-Trace");

    assertThat(
            Remedies.of(Problem.PREFLIGHT_NOT_HANDLED, Stack.CORSAC, values).orElseThrow().code())
        .isEqualTo(
            """
            cors:
              allow_origins: ["http://[::1]:3000"]
              allow_methods: ["PATCH"]
              allow_headers: ["X-Trace"]
              max_age: 3600""");
  }

  @Test
  void of_saysNothingTwice() {
    Facts values = Facts.of(Fact.METHOD, "POST").with(Fact.HEADER, "Content-Type, content-type");

    assertThat(
            Remedies.of(Problem.PREFLIGHT_NOT_HANDLED, Stack.EXPRESS, values).orElseThrow().code())
        .contains("methods: ['POST'],", "allowedHeaders: ['Content-Type'],");
    assertThat(Remedies.of(Problem.PREFLIGHT_NOT_HANDLED, Stack.JETTY, values).orElseThrow().code())
        .contains("Set.of(\"GET\", \"HEAD\", \"POST\")", "Set.of(\"Content-Type\")");
    assertThat(
            Remedies.of(Problem.PREFLIGHT_NOT_HANDLED, Stack.TOMCAT, values).orElseThrow().code())
        .contains(">GET,HEAD,POST<", ">Content-Type<");
    assertThat(Remedies.of(Problem.PREFLIGHT_NOT_HANDLED, Stack.NGINX, values).orElseThrow().code())
        .contains("Allow-Headers \"Content-Type\" always;")
        .doesNotContain("Allow-Methods");
  }

  @Test
  void of_railsTakesAStringWithoutHttpForAHost() {
    Facts app = Facts.of(Fact.ORIGIN, "capacitor://localhost");
    Facts web = Facts.of(Fact.ORIGIN, "http://localhost");

    assertThat(Remedies.of(Problem.ALLOW_ORIGIN_MISSING, Stack.RAILS, app).orElseThrow().code())
        .contains("source == \"capacitor://localhost\" }")
        .doesNotContain("origins \"");
    assertThat(Remedies.of(Problem.ALLOW_ORIGIN_MISSING, Stack.RAILS, web).orElseThrow().code())
        .contains("origins \"http://localhost\"");
  }

  @Test
  void of_severalHeadersAreAllThere() {
    Facts values = Facts.of(Fact.HEADER, "X-Trace, X-Other");

    assertThat(Remedies.of(Problem.HEADER_NOT_ALLOWED, Stack.CORSAC, values).orElseThrow().code())
        .contains("[\"X-Trace\", \"X-Other\"]");
  }

  @Test
  void of_methodCaseIsUpper() {
    assertThat(
            Remedies.of(Problem.METHOD_CASE, Stack.CORSAC, Facts.of(Fact.METHOD, "patch"))
                .orElseThrow()
                .code())
        .contains("\"PATCH\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "*",
        "https://app.example.com/",
        "https://a.example'); process.exit(); ('",
        "https://a.example\"; return 200; #",
        "https://a.example\nallow_credentials: true",
        "https://a.example</param-value>",
        "https://$host",
        "https://a.example\u001b[31m",
        "https://{method}"
      })
  void of_hostileOriginLeavesTheExample(String origin) {
    for (Stack stack : Stack.values()) {
      assertThat(Remedies.of(Problem.ALLOW_ORIGIN_MISSING, stack, Facts.of(Fact.ORIGIN, origin)))
          .isEqualTo(Remedies.of(Problem.ALLOW_ORIGIN_MISSING, stack, Facts.of()));
    }
  }

  @Property(tries = 200)
  void of_anyValueIsAWordOrAnExample(@ForAll String value) {
    Facts values =
        Facts.of(Fact.ORIGIN, value)
            .with(Fact.METHOD, value)
            .with(Fact.HEADER, value)
            .with(Fact.PATH, value);
    for (String name : List.of("preflight", "unauthorized", "vary")) {
      for (Stack stack : Stack.values()) {
        Remedy filled = Remedies.of(problem(name), stack, values).orElseThrow();
        if (!value.matches("[A-Za-z0-9/_.~-]*")) {
          assertThat(filled).isEqualTo(Remedies.of(problem(name), stack, Facts.of()).orElseThrow());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"'", "`", "$x", "X Y", "X:Y", "{", "1", "null\r\n"})
  void of_hostileNameLeavesTheExample(String name) {
    Facts values = Facts.of(Fact.METHOD, name).with(Fact.HEADER, name).with(Fact.PATH, name);
    for (Stack stack : Stack.values()) {
      assertThat(Remedies.of(Problem.PREFLIGHT_STATUS, stack, values))
          .isEqualTo(Remedies.of(Problem.PREFLIGHT_STATUS, stack, Facts.of()));
    }
  }
}
