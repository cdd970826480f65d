package dev.corsac.doctor.problem;

import dev.corsac.browser.Exchange;
import dev.corsac.browser.Headers;
import dev.corsac.browser.WireResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules of {@code evidence.yaml}, which says what each of their members means. */
final class EvidenceRules {
  private static final String RESOURCE = "evidence.yaml";

  /** Bodies are looked at as far as this, in bytes. */
  private static final int BEGINNING = 4096;

  private static final int LONGEST_VALUE = 200;

  private EvidenceRules() {}

  static List<Evidence> of(Problem problem, Facts facts, Exchange deciding) {
    if (deciding.response() == null) {
      return List.of();
    }
    List<Evidence> found = new ArrayList<>();
    Set<String> groups = new HashSet<>();
    for (Rule rule : Holder.RULES) {
      if (!groups.contains(rule.group) && rule.when.holds(problem, deciding, deciding.response())) {
        groups.add(rule.group);
        found.add(rule.evidence(facts, deciding, deciding.response()));
      }
    }
    return found;
  }

  private record Rule(
      String id,
      String group,
      boolean elsewhere,
      boolean adds,
      Condition when,
      Sentence says,
      Sentence fix) {

    Evidence evidence(Facts facts, Exchange deciding, WireResponse response) {
      Facts told =
          facts
              .with(Fact.URL, deciding.request().url())
              .with(Fact.STATUS, String.valueOf(response.status()))
              .with(Fact.BODY, abbreviated(beginning(response).strip()))
              .with(Fact.LOCATION, response.headers().get("Location"))
              .with(Fact.VALUE, when.value(response).map(EvidenceRules::abbreviated).orElse(null))
              .with(
                  Fact.ASKED,
                  facts.get(Fact.ASKED).filter(asked -> !asked.isEmpty()).orElse("none"));
      return new Evidence(
          id,
          elsewhere,
          adds,
          says.of(told, ProblemTexts.standIns()),
          fix.of(told, ProblemTexts.standIns()));
    }
  }

  private record Condition(
      List<String> statuses,
      @Nullable Boolean preflight,
      Map<String, Pattern> headers,
      List<String> without,
      @Nullable Pattern body,
      Map<String, Pattern> sent,
      @Nullable Pattern url,
      @Nullable Pattern location,
      List<String> problems) {

    boolean holds(Problem problem, Exchange exchange, WireResponse response) {
      String status = String.valueOf(response.status());
      return (statuses.isEmpty()
              || statuses.contains(status)
              || statuses.contains(status.charAt(0) + "xx"))
          && (preflight == null || preflight == exchange.request().isPreflight())
          && (problems.isEmpty() || problems.contains(problem.id()))
          && areFound(headers, response.headers())
          && without.stream().noneMatch(response.headers()::contains)
          && areFound(sent, exchange.request().headers())
          && isFound(url, exchange.request().url())
          && isFound(location, response.headers().get("Location"))
          && (body == null || body.matcher(beginning(response).strip()).find());
    }

    /** The value of the first header that is asked for. */
    Optional<String> value(WireResponse response) {
      return headers.keySet().stream()
          .findFirst()
          .flatMap(name -> Optional.ofNullable(response.headers().get(name)));
    }

    private static boolean areFound(Map<String, Pattern> expressions, Headers headers) {
      return expressions.entrySet().stream()
          .allMatch(
              each ->
                  headers.values(each.getKey()).stream()
                      .anyMatch(value -> each.getValue().matcher(value).find()));
    }

    private static boolean isFound(@Nullable Pattern expression, @Nullable String text) {
      return expression == null || (text != null && expression.matcher(text).find());
    }
  }

  private static String beginning(WireResponse response) {
    byte[] body = response.body();
    return new String(body, 0, Math.min(body.length, BEGINNING), StandardCharsets.UTF_8);
  }

  private static String abbreviated(String text) {
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
  }

  private static final class Holder {
    static final List<Rule> RULES =
        Resources.list(EvidenceRules.class, RESOURCE).stream().map(Holder::rule).toList();

    private static Rule rule(Object entry) {
      Map<?, ?> rule = map(entry);
      return new Rule(
          String.valueOf(rule.get("id")),
          Objects.toString(rule.get("group"), "cause"),
          Boolean.TRUE.equals(rule.get("elsewhere")),
          Boolean.TRUE.equals(rule.get("adds")),
          condition(map(rule.get("when"))),
          new Sentence(String.valueOf(rule.get("says"))),
          new Sentence(String.valueOf(rule.get("fix"))));
    }

    private static Condition condition(Map<?, ?> when) {
      List<String> known =
          List.of(
              "status",
              "preflight",
              "headers",
              "without",
              "body",
              "sent",
              "url",
              "location",
              "problem");
      for (Object key : when.keySet()) {
        if (!known.contains(String.valueOf(key))) {
          throw new IllegalArgumentException("There is no condition '" + key + "'.");
        }
      }
      return new Condition(
          strings(when.get("status")),
          (Boolean) when.get("preflight"),
          patterns(when.get("headers")),
          strings(when.get("without")),
          pattern(when.get("body")),
          patterns(when.get("sent")),
          pattern(when.get("url")),
          pattern(when.get("location")),
          strings(when.get("problem")));
    }

    private static Map<?, ?> map(@Nullable Object value) {
      return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<String> strings(@Nullable Object value) {
      List<?> all =
          value instanceof List<?> several ? several : value == null ? List.of() : List.of(value);
      return all.stream().map(Object::toString).toList();
    }

    private static Map<String, Pattern> patterns(@Nullable Object value) {
      Map<String, Pattern> patterns = new LinkedHashMap<>();
      map(value).forEach((name, text) -> patterns.put(name.toString(), compiled(text)));
      return patterns;
    }

    private static @Nullable Pattern pattern(@Nullable Object text) {
      return text == null ? null : compiled(text);
    }

    private static Pattern compiled(Object text) {
      return Pattern.compile(text.toString(), Pattern.CASE_INSENSITIVE);
    }
  }
}
