package dev.corsac.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One step: what the model came to beside what was recorded. */
final class StepComparison {
  private final Engine engine;
  private final Page page;
  private final JsonNode step;
  private final JsonNode verdict;
  private final Outcome outcome;

  StepComparison(Engine engine, Page page, JsonNode step, JsonNode verdict, Outcome outcome) {
    this.engine = engine;
    this.page = page;
    this.step = step;
    this.verdict = verdict;
    this.outcome = outcome;
  }

  void compare(boolean single, String prefix, List<String> differences) {
    List<String> found = new ArrayList<>();
    String api = step.path("request").path("api").asText();
    check(found, "outcome", outcomeWord(api), verdict.path("outcome").asText());
    JsonNode response = verdict.path("response");
    if (outcome instanceof Outcome.Loaded loaded && response.isObject()) {
      if (api.equals("fetch")) {
        check(found, "type", String.valueOf(loaded.response().filter()), response.path("type").asText());
      }
      boolean opaque = response.path("type").asText().startsWith("opaque");
      check(found, "status", opaque ? 0 : loaded.response().status(), response.path("status").asInt());
      check(found, "headers", readable(loaded), recorded(response.path("headers")));
      check(found, "redirected", loaded.redirected(), response.path("redirected").asBoolean(loaded.redirected()));
    }
    check(found, "requests", modelRequests(), recordedRequests());
    if (engine == Engine.CHROMIUM) {
      compareCorsError(found);
    }
    if (single) {
      compareConsole(found);
    }
    found.forEach(text -> differences.add(prefix + text));
  }

  private static void check(List<String> found, String what, Object model, Object recorded) {
    if (!model.equals(recorded)) {
      found.add(what + " is " + model + " but was recorded as " + recorded);
    }
  }

  private String outcomeWord(String api) {
    if (outcome instanceof Outcome.Loaded) {
      return "resolve";
    }
    return outcome instanceof Outcome.Thrown && api.equals("xhr") ? "throw" : "reject";
  }

  private List<String> readable(Outcome.Loaded loaded) {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, String> header :
        loaded.response().headers().sortedAndCombined().entrySet()) {
      lines.add(header.getKey() + ": " + header.getValue());
    }
    return lines;
  }

  private static List<String> recorded(JsonNode headers) {
    List<String> lines = new ArrayList<>();
    headers.forEach(pair -> lines.add(pair.get(0).asText() + ": " + pair.get(1).asText()));
    return lines;
  }

  private List<String> modelRequests() {
    List<String> lines = new ArrayList<>();
    for (Exchange exchange : outcome.transcript()) {
      WireRequest request = exchange.request();
      lines.add(
          line(
              request.method(),
              request.url().split("\\?", 2)[0],
              request.header("Origin"),
              request.header("Access-Control-Request-Method"),
              request.header("Access-Control-Request-Headers"),
              request.headers().contains("Cookie")));
    }
    if (unreachable()) {
      lines.clear();
    }
    return lostConnection() ? withoutRetries(lines) : lines;
  }

  /** A server that is not there saw nothing. */
  private boolean unreachable() {
    return outcome instanceof Outcome.Blocked blocked
        && blocked.block().cause() == Cause.UNREACHABLE;
  }

  private boolean lostConnection() {
    return outcome instanceof Outcome.Blocked blocked
        && blocked.block().cause() == Cause.CONNECTION_CLOSED;
  }

  /** Each network stack asks again after a lost connection, as often as it likes. */
  private static List<String> withoutRetries(List<String> lines) {
    List<String> once = new ArrayList<>();
    for (String line : lines) {
      if (once.isEmpty() || !once.get(once.size() - 1).equals(line)) {
        once.add(line);
      }
    }
    return once;
  }

  private List<String> recordedRequests() {
    List<String> lines = new ArrayList<>();
    for (JsonNode request : verdict.path("requests")) {
      lines.add(
          line(
              request.path("method").asText(),
              request.path("url").asText(),
              text(request.path("origin")),
              text(request.path("acrm")),
              text(request.path("acrh")),
              request.path("cookie").asBoolean()));
    }
    return lostConnection() ? withoutRetries(lines) : lines;
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() ? node.asText() : null;
  }

  private String line(
      String method,
      String url,
      @Nullable String origin,
      @Nullable String acrm,
      @Nullable String acrh,
      boolean cookie) {
    return method
        + " " + url
        + " Origin=" + origin
        + " ACRM=" + acrm
        + " ACRH=" + acrh
        + (cookie && comparesCookies() ? " +cookie" : "");
  }

  /**
   * How WebKitGTK finds the first party of frames and pages without an origin of their own depends
   * on how the recording opened them.
   */
  private boolean comparesCookies() {
    return engine != Engine.WEBKIT
        || !(page.origin().equals("null") || page.context() == PageContext.BLOB_IFRAME);
  }

  private void compareCorsError(List<String> found) {
    String recorded = text(verdict.path("corsError"));
    String model =
        outcome instanceof Outcome.Blocked blocked ? blocked.block().cause().chromiumError() : null;
    if (!Objects.equals(model, recorded)) {
      found.add("corsError is " + model + " but was recorded as " + recorded);
      return;
    }
    if (outcome instanceof Outcome.Blocked blocked && recorded != null) {
      String parameter = verdict.path("failedParameter").asText("");
      String modelled = blocked.block().chromiumParameter();
      if (!modelled.equals(parameter)
          && isAscii(modelled)
          && !blocked.block().refusedHeaders().contains(parameter)) {
        found.add(
            "failedParameter is '" + modelled + "' but was recorded as '" + parameter + "'");
      }
    }
  }

  private void compareConsole(List<String> found) {
    String recorded = firstCorsLine();
    String model =
        outcome instanceof Outcome.Blocked blocked ? blocked.block().consoleLine(engine) : null;
    if (!outcome.warnings().isEmpty()) {
      model = outcome.warnings().get(0);
    }
    if (model != null
        && outcome instanceof Outcome.Blocked blocked
        && engine == Engine.CHROMIUM) {
      // When it refuses several headers, Chromium names one of them in no useful order.
      model = model.replace(
              "field " + blocked.block().parameter() + " is",
              "field " + verdict.path("failedParameter").asText() + " is");
    }
    if (!Objects.equals(model, recorded)) {
      found.add("console says " + model + "\n       but recorded was " + recorded);
    }
  }

  private @Nullable String firstCorsLine() {
    for (JsonNode line : verdict.path("console")) {
      String text = line.path("text").asText();
      if (isCors(line.path("category").asText(""), text)) {
        return text;
      }
    }
    return null;
  }

  private boolean isCors(String category, String text) {
    return switch (engine) {
      case STANDARD -> false;
      case CHROMIUM ->
          text.contains("has been blocked by CORS policy")
              || text.startsWith("Fetch API cannot load");
      case FIREFOX -> category.startsWith("CORS");
      case WEBKIT ->
          !text.startsWith("Unable to get image data")
              && (category.equals("SECURITY") || text.startsWith("Fetch API cannot load"));
    };
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
