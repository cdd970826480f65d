package dev.corsac.lab;

import dev.corsac.browser.CredentialsMode;
import dev.corsac.browser.Header;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an experiment from JSON and keeps it within its bounds.
 *
 * <pre>{@code
 * {
 *   "policy": "cors:\n  allow_origins: [http://localhost:3000]\n",
 *   "server": "preflight: 204\n…",              instead of a policy: headers by hand; may be absent
 *   "steps": [{
 *     "askers": ["listed", "unlisted"],         also lookalike, sandboxed; absent: these two
 *     "method": "POST", "path": "/api/data",
 *     "headers": [["Content-Type", "application/json"]],
 *     "body": {"type": "text", "text": "{}"},   text, form or blob; may be absent
 *     "credentials": "same-origin",             omit, same-origin or include
 *     "mode": "cors"                            cors, no-cors, same-origin or websocket
 *   }]
 * }
 * }</pre>
 */
final class ExperimentReader {
  static final int MOST_STEPS = 4;
  static final int LONGEST_POLICY = 20_000;

  private static final int MOST_HEADERS = 20;
  private static final int LONGEST_TEXT = 4000;
  private static final List<String> MODES =
      List.of("cors", "no-cors", "same-origin", Step.WEB_SOCKET);
  private static final Pattern PATH = Pattern.compile("/[!-~&&[^#\\\\]]{0,500}");

  private ExperimentReader() {}

  static Experiment read(JsonObject json) throws InvalidExperimentException {
    String policy = text(json, "policy", "", LONGEST_POLICY);
    String server = text(json, "server", "", LONGEST_TEXT);
    JsonArray steps = array(json, "steps");
    if (steps.isEmpty() || steps.size() > MOST_STEPS) {
      throw new InvalidExperimentException(
          "An experiment has 1 to " + MOST_STEPS + " steps, not " + steps.size() + ".");
    }
    List<Step> read = new ArrayList<>();
    for (Object each : steps) {
      if (!(each instanceof JsonObject step)) {
        throw new InvalidExperimentException("A step is an object with method and path.");
      }
      read.add(step(step));
    }
    return new Experiment(policy, server.isBlank() ? null : ByHand.parse(server), read);
  }

  private static Step step(JsonObject json) throws InvalidExperimentException {
    String path = text(json, "path", "/api/data", LONGEST_TEXT);
    if (!PATH.matcher(path).matches() || path.contains("/../") || path.endsWith("/..")) {
      throw new InvalidExperimentException(
          "The path starts with / and has no spaces, such as /api/items?limit=10.");
    }
    String mode = text(json, "mode", "cors", LONGEST_TEXT);
    if (!MODES.contains(mode)) {
      throw new InvalidExperimentException("The mode is one of " + String.join(", ", MODES) + ".");
    }
    String method = text(json, "method", "GET", 100);
    if (mode.equals(Step.WEB_SOCKET)
        && (!method.equals("GET")
            || !array(json, "headers").isEmpty()
            || json.containsKey("body"))) {
      throw new InvalidExperimentException(
          "A WebSocket is opened by GET, with no headers of the page and no body. Take them away.");
    }
    return new Step(
        askers(json),
        method,
        path,
        headers(json),
        body(json),
        oneOf(
            CredentialsMode.class,
            text(json, "credentials", "same-origin", 100),
            "The credentials mode is omit, same-origin or include."),
        mode);
  }

  private static List<Asker> askers(JsonObject json) throws InvalidExperimentException {
    if (!json.containsKey("askers")) {
      return List.of(Asker.LISTED, Asker.UNLISTED);
    }
    List<Asker> askers = new ArrayList<>();
    for (Object each : array(json, "askers")) {
      askers.add(
          Asker.of(String.valueOf(each))
              .orElseThrow(
                  () ->
                      new InvalidExperimentException(
                          "A page that asks is one of "
                              + Arrays.stream(Asker.values()).map(Asker::id).toList()
                              + ".")));
    }
    return askers.stream().distinct().sorted().toList();
  }

  private static List<Header> headers(JsonObject json) throws InvalidExperimentException {
    List<Header> headers = new ArrayList<>();
    for (Object each : array(json, "headers")) {
      if (!(each instanceof JsonArray pair)
          || pair.size() != 2
          || !(pair.getValue(0) instanceof String name)
          || !(pair.getValue(1) instanceof String value)
          || name.length() + value.length() > LONGEST_TEXT) {
        throw new InvalidExperimentException(
            "A header is a name and a value, such as [\"X-Custom-Header\", \"1\"].");
      }
      headers.add(new Header(name, value));
    }
    if (headers.size() > MOST_HEADERS) {
      throw new InvalidExperimentException("A request has at most " + MOST_HEADERS + " headers.");
    }
    return List.copyOf(headers);
  }

  private static Step.@Nullable StepBody body(JsonObject json) throws InvalidExperimentException {
    if (json.getValue("body") == null) {
      return null;
    }
    if (!(json.getValue("body") instanceof JsonObject body)) {
      throw new InvalidExperimentException("A body is an object with type and text.");
    }
    Step.BodyType type =
        oneOf(
            Step.BodyType.class,
            text(body, "type", "text", 100),
            "The type of a body is text, form or blob.");
    return new Step.StepBody(type, text(body, "text", "", LONGEST_TEXT));
  }

  private static <E extends Enum<E>> E oneOf(Class<E> type, String text, String otherwise)
      throws InvalidExperimentException {
    for (E constant : Objects.requireNonNull(type.getEnumConstants())) {
      if (constant.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
        return constant;
      }
    }
    throw new InvalidExperimentException(otherwise);
  }

  private static JsonArray array(JsonObject json, String key) throws InvalidExperimentException {
    Object value = json.getValue(key);
    if (value == null) {
      return new JsonArray();
    }
    if (value instanceof JsonArray array) {
      return array;
    }
    throw new InvalidExperimentException(key + " is a list.");
  }

  private static String text(JsonObject json, String key, String otherwise, int longest)
      throws InvalidExperimentException {
    Object value = json.getValue(key);
    if (value == null) {
      return otherwise;
    }
    if (!(value instanceof String text)) {
      throw new InvalidExperimentException(key + " is text.");
    }
    if (text.length() > longest) {
      throw new InvalidExperimentException(
          key + " is longer than " + longest + " characters. Make it shorter.");
    }
    return text;
  }
}
