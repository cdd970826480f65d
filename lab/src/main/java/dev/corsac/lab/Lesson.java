package dev.corsac.lab;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A lesson or an attack: some sentences, an experiment, a question that is answered by running it,
 * and a change that one then makes. Each is a file of this form.
 *
 * <pre>{@code
 * {
 *   "title": "Two ports are two origins",
 *   "text": ["A paragraph, with `code` in it."],
 *   "experiment": {"policy": ["cors:", "  allow_origins: [http://localhost:3000]"], "steps": […]},
 *   "question": "Which page can read the data?",
 *   "choices": ["Both", "Only the page on port 3000"],
 *   "answer": 1,                              the place of the right choice, from 0
 *   "because": "The server names one origin.",
 *   "expect": {"listed": "readable", "unlisted": "blocked"},
 *   "break": {"title": "Name the other", "text": "…", "experiment": {…}, "expect": {…}}
 * }
 * }</pre>
 *
 * <p>The experiment is as {@link ExperimentReader} says, except that {@code policy} and {@code
 * server} are lists of lines. {@code expect} has the verdict of each page that asks, and may have
 * {@code says} and {@code saysNot}: for a page, texts that its drawing has or has not. A policy
 * with an error cannot be run; then it is {@code {"policy": "refused"}}.
 *
 * @param title the title
 * @param first the experiment that the question is about
 * @param second the experiment with the change
 * @param json what the page gets
 */
record Lesson(String title, Trial first, Trial second, JsonObject json) {
  private static final Set<String> KEYS =
      Set.of(
          "title",
          "text",
          "experiment",
          "question",
          "choices",
          "answer",
          "because",
          "expect",
          "break");
  private static final Set<String> BREAK_KEYS = Set.of("title", "text", "experiment", "expect");
  private static final String ORDER = "lessons/order.json";

  /**
   * An experiment and what must come of it.
   *
   * @param verdicts of each page that asks; empty if the policy is refused
   * @param says texts that a page's drawing has
   * @param saysNot texts that it has not
   */
  record Trial(
      JsonObject experiment,
      Map<Asker, Report.Kind> verdicts,
      Map<Asker, List<String>> says,
      Map<Asker, List<String>> saysNot) {}

  /**
   * Reads all of a kind, in their order.
   *
   * @param kind {@code lessons} or {@code attacks}
   * @throws IOException if a file is missing or not of the form, with its name and what is wrong
   */
  static List<Lesson> all(String kind, LabOrigins origins) throws IOException {
    List<Lesson> lessons = new ArrayList<>();
    for (Object name : new JsonObject(resource(ORDER)).getJsonArray(kind)) {
      String file = kind + "/" + name + ".json";
      try {
        lessons.add(read(new JsonObject(LabPages.placed(resource(file), origins))));
      } catch (InvalidExperimentException | RuntimeException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
    }
    return lessons;
  }

  static Lesson read(JsonObject json) throws InvalidExperimentException {
    onlyKeys(json, KEYS, Set.of());
    sentences(array(json, "text"));
    JsonArray choices = array(json, "choices");
    sentences(choices);
    int answer = Objects.requireNonNullElse(json.getInteger("answer"), -1);
    if (choices.size() < 2 || answer < 0 || answer >= choices.size()) {
      throw new InvalidExperimentException(
          "answer is the place of one of two or more choices, from 0, not " + answer + ".");
    }
    JsonObject change = object(json, "break");
    onlyKeys(change, BREAK_KEYS, Set.of());
    for (String key : List.of("title", "question", "because")) {
      text(json, key);
    }
    text(change, "title");
    text(change, "text");
    return new Lesson(text(json, "title"), trial(json), trial(change), json);
  }

  private static Trial trial(JsonObject json) throws InvalidExperimentException {
    JsonObject experiment = object(json, "experiment");
    for (String key : List.of("policy", "server")) {
      if (experiment.containsKey(key)) {
        List<String> lines = sentences(array(experiment, key));
        experiment.put(key, String.join("\n", lines) + "\n");
      }
    }
    Experiment read = ExperimentReader.read(experiment);
    Set<Asker> asking =
        Set.copyOf(read.steps().stream().flatMap(s -> s.askers().stream()).toList());
    JsonObject expect = object(json, "expect");
    if (expect.equals(new JsonObject().put("policy", "refused"))) {
      return new Trial(experiment, Map.of(), Map.of(), Map.of());
    }
    onlyKeys(
        expect,
        Set.of(),
        Set.of("listed", "unlisted", "lookalike", "sandboxed", "says", "saysNot"));
    Map<Asker, Report.Kind> verdicts = new EnumMap<>(Asker.class);
    for (Asker asker : Asker.values()) {
      Optional<Report.Kind> kind = Report.Kind.of(expect.getValue(asker.id()));
      kind.ifPresent(known -> verdicts.put(asker, known));
      if (kind.isPresent() != asking.contains(asker)) {
        throw new InvalidExperimentException(
            "expect has a verdict for each page that asks, and for no other; look at "
                + asker.id()
                + ".");
      }
    }
    return new Trial(experiment, verdicts, texts(expect, "says"), texts(expect, "saysNot"));
  }

  private static Map<Asker, List<String>> texts(JsonObject expect, String key)
      throws InvalidExperimentException {
    Map<Asker, List<String>> texts = new EnumMap<>(Asker.class);
    if (expect.containsKey(key)) {
      JsonObject pages = object(expect, key);
      for (String page : pages.fieldNames()) {
        Asker asker =
            Asker.of(page)
                .orElseThrow(
                    () -> new InvalidExperimentException(key + " names no page: " + page + "."));
        texts.put(asker, sentences(array(pages, page)));
      }
    }
    return texts;
  }

  private static void onlyKeys(JsonObject json, Set<String> needed, Set<String> allowed)
      throws InvalidExperimentException {
    for (String key : json.fieldNames()) {
      if (!needed.contains(key) && !allowed.contains(key)) {
        throw new InvalidExperimentException("There is no key " + key + ". Take it away.");
      }
    }
    for (String key : needed) {
      if (!json.containsKey(key)) {
        throw new InvalidExperimentException("The key " + key + " is missing.");
      }
    }
  }

  private static String text(JsonObject json, String key) throws InvalidExperimentException {
    if (json.getValue(key) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw new InvalidExperimentException(key + " is a text.");
  }

  private static JsonObject object(JsonObject json, String key) throws InvalidExperimentException {
    if (json.getValue(key) instanceof JsonObject object) {
      return object;
    }
    throw new InvalidExperimentException(key + " is an object.");
  }

  private static JsonArray array(JsonObject json, String key) throws InvalidExperimentException {
    if (json.getValue(key) instanceof JsonArray array && !array.isEmpty()) {
      return array;
    }
    throw new InvalidExperimentException(key + " is a list that is not empty.");
  }

  private static List<String> sentences(JsonArray array) throws InvalidExperimentException {
    List<String> texts = new ArrayList<>();
    for (Object each : array) {
      if (!(each instanceof String text)) {
        throw new InvalidExperimentException("Each of a list is a text, not " + each + ".");
      }
      texts.add(text);
    }
    return texts;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Lesson.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("missing resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
