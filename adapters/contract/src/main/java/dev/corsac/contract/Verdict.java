package dev.corsac.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corsac.contract.Case.Expectation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Compares a response with what a case expects, and says every difference. */
final class Verdict {
  private static final List<Integer> REFUSALS = List.of(0, 400, 413, 414, 431);

  private final Expectation expect;
  private final Response response;
  private final String refusal;
  private final List<String> differences = new ArrayList<>();

  private Verdict(Expectation expect, Response response, String refusal) {
    this.expect = expect;
    this.response = response;
    this.refusal = refusal;
  }

  /**
   * Every difference; empty if the response is as expected.
   *
   * @param refusal what the server says in a response of its own with status 403
   */
  static List<String> differences(Expectation expect, Response response, String refusal) {
    Verdict verdict = new Verdict(expect, response, refusal);
    if (isRefusal(expect, response)) {
      verdict.same(
          "Access-Control-Allow-Origin", List.of(), response.lines("Access-Control-Allow-Origin"));
    } else {
      verdict.compare();
    }
    return verdict.differences;
  }

  /** True if the server itself refused the request, as it may. */
  static boolean isRefusal(Expectation expect, Response response) {
    return expect.serverMayRefuse() && REFUSALS.contains(response.status());
  }

  private void compare() {
    if (!expect.statuses().contains(response.status())) {
      same("status", expect.statuses(), response.status());
    }
    same(
        "CORS headers",
        corsNames(expect.cors().properties().stream().map(Map.Entry::getKey)),
        corsNames(response.headers().stream().map(Reply.Header::name)));
    for (Map.Entry<String, JsonNode> header : expect.cors().properties()) {
      header(header.getKey(), header.getValue());
    }
    for (Map.Entry<String, JsonNode> header : expect.headers().properties()) {
      header(header.getKey(), header.getValue());
    }
    if (expect.vary() != null) {
      same("Vary", sorted(expect.vary().stream(), Verdict::lower), varyNames());
    }
    for (String name : expect.varyHas()) {
      same("Vary has " + name, true, List.of(varyNames().split(", ", -1)).contains(lower(name)));
    }
    if (expect.body() != null) {
      boolean own = response.status() == 403 && expect.body().isEmpty();
      same("body", own ? refusal : expect.body(), response.body());
    }
    String decision = String.join(" + ", response.lines("Corsac-Decision"));
    if (expect.decision() == null ? !decision.isEmpty() : !decision.startsWith(expect.decision())) {
      same("Corsac-Decision", String.valueOf(expect.decision()), decision);
    }
  }

  private void header(String name, JsonNode expected) {
    List<String> lines = response.lines(name);
    if (!expected.isArray()) {
      same(name, expected.isNull() ? List.of() : List.of(expected.asText()), lines);
      return;
    }
    // The order of a list means nothing to a browser; nor does case, but for methods (Fetch 4.8).
    UnaryOperator<String> fold =
        name.equals("Access-Control-Allow-Methods") ? UnaryOperator.identity() : Verdict::lower;
    List<String> names = new ArrayList<>();
    expected.forEach(item -> names.add(item.asText()));
    same(name + " lines", 1, lines.size());
    same(name, sorted(names.stream(), fold), sorted(items(lines), fold));
  }

  /** Names in Vary; one that stands there twice is shown twice. */
  private String varyNames() {
    return String.join(", ", items(response.lines("Vary")).map(Verdict::lower).sorted().toList());
  }

  private static String corsNames(Stream<String> names) {
    return sorted(names.filter(name -> lower(name).startsWith("access-control-")), Verdict::lower);
  }

  private static String sorted(Stream<String> items, UnaryOperator<String> fold) {
    return String.join(", ", new TreeSet<>(items.map(fold).toList()));
  }

  private static Stream<String> items(List<String> lines) {
    return lines.stream()
        .flatMap(line -> Stream.of(line.split(",", -1)))
        .map(String::strip)
        .filter(item -> !item.isEmpty());
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private void same(String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      differences.add(what + ": expected <" + expected + "> but was <" + actual + ">");
    }
  }
}
