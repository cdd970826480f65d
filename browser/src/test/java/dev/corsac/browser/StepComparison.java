package dev.corsac.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
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

  JsonNode verdict() {
    return verdict;
  }

  Outcome outcome() {
    return outcome;
  }

  void compare(boolean single, String prefix, List<String> differences) {
    List<String> found = new ArrayList<>();
    String api = step.path("request").path("api").asText();
    check(found, "outcome", outcomeWord(api), verdict.path("outcome").asText());
    JsonNode response = verdict.path("response");
    if (outcomeWord(api).equals("resolve") && response.isObject()) {
      if (api.equals("fetch")) {
        check(found, "type", type(), response.path("type").asText());
      }
      check(found, "status", status(), response.path("status").asInt());
      check(found, "headers", readable(), recorded(response.path("headers")));
      check(found, "body error", bodyError() != null, response.has("bodyError"));
    }
    check(found, "requests", modelRequests(), recordedRequests());
    if (engine == Engine.CHROMIUM) {
      compareCorsError(found);
    }
    if (single && engine != Engine.STANDARD) {
      compareConsole(found);
    }
    found.forEach(text -> differences.add(prefix + text));
  }

  /** The corpus' own model of the standard: outcome, reason, requests. */
  static void compareStandard(
      Outcome outcome, JsonNode standard, String prefix, List<String> differences) {
    StepComparison comparison =
        new StepComparison(
            Engine.STANDARD,
            Page.of("http://unused.test"),
            MissingNode.getInstance(),
            standard,
            outcome);
    List<String> found = new ArrayList<>();
    check(found, "outcome", comparison.outcomeWord("fetch"), standard.path("outcome").asText());
    if (standard.has("type")) {
      check(found, "type", comparison.type(), standard.path("type").asText());
    }
    if (standard.has("reason") && outcome instanceof Outcome.Blocked blocked) {
      check(found, "reason", reason(blocked.error().cause()), standard.path("reason").asText());
    }
    check(found, "requests", comparison.modelRequests(), comparison.recordedRequests());
    found.forEach(text -> differences.add(prefix + text));
  }

  private static String reason(Cause cause) {
    return switch (cause) {
      case ALLOW_ORIGIN_MISSING -> "acao-missing";
      case ALLOW_ORIGIN_WILDCARD -> "acao-wildcard";
      case ALLOW_ORIGIN_MISMATCH, ALLOW_ORIGIN_MULTIPLE, ALLOW_ORIGIN_INVALID -> "acao-mismatch";
      case ALLOW_CREDENTIALS_NOT_TRUE -> "acac";
      case PREFLIGHT_ALLOW_ORIGIN_MISSING -> "preflight-acao-missing";
      case PREFLIGHT_ALLOW_ORIGIN_WILDCARD -> "preflight-acao-wildcard";
      case PREFLIGHT_ALLOW_ORIGIN_MISMATCH,
          PREFLIGHT_ALLOW_ORIGIN_MULTIPLE,
          PREFLIGHT_ALLOW_ORIGIN_INVALID ->
          "preflight-acao-mismatch";
      case PREFLIGHT_ALLOW_CREDENTIALS_NOT_TRUE -> "preflight-acac";
      case PREFLIGHT_STATUS -> "preflight-status";
      case PREFLIGHT_REDIRECT -> "preflight-redirect";
      case PREFLIGHT_ALLOW_METHODS_INVALID -> "preflight-acam-invalid";
      case PREFLIGHT_ALLOW_HEADERS_INVALID -> "preflight-acah-invalid";
      case METHOD_NOT_ALLOWED -> "preflight-method";
      case HEADER_NOT_ALLOWED -> "preflight-header";
      case SAME_ORIGIN_MODE, REDIRECT_LEFT_ORIGIN -> "same-origin-mode";
      case SCHEME_NOT_SUPPORTED -> "scheme";
      case REDIRECT_COUNT -> "redirect-count";
      case UNREACHABLE, CONNECTION_CLOSED, MALFORMED_RESPONSE, TIMEOUT -> "transport";
      default -> cause.toString();
    };
  }

  private static void check(List<String> found, String what, Object model, Object recorded) {
    if (!model.equals(recorded)) {
      found.add(what + " is " + model + " but was recorded as " + recorded);
    }
  }

  private String outcomeWord(String api) {
    if (outcome instanceof Outcome.Readable || outcome instanceof Outcome.Opaque) {
      return "resolve";
    }
    return outcome instanceof Outcome.Thrown && api.equals("xhr") ? "throw" : "reject";
  }

  private String type() {
    return outcome instanceof Outcome.Opaque opaque
        ? opaque.type().toString()
        : outcome.assertReadable().type().toString();
  }

  private int status() {
    return outcome instanceof Outcome.Readable readable ? readable.status() : 0;
  }

  private @Nullable String bodyError() {
    return outcome instanceof Outcome.Readable readable ? readable.bodyError() : null;
  }

  private List<String> readable() {
    List<String> lines = new ArrayList<>();
    if (outcome instanceof Outcome.Readable readable) {
      readable.headers().forEach((name, value) -> lines.add(name + ": " + value));
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
      if (isUnreachable(exchange)) {
        continue;
      }
      lines.add(
          line(
              request.method(),
              request.url().split("\\?", 2)[0],
              request.header("Origin"),
              request.header("Access-Control-Request-Method"),
              request.header("Access-Control-Request-Headers"),
              request.headers().contains("Cookie")));
    }
    return lostConnection() ? withoutRetries(lines) : lines;
  }

  /** A server that is not there, or speaks no TLS, saw nothing. */
  static boolean isUnreachable(Exchange exchange) {
    TransportException.Reason reason = exchange.failureReason();
    return reason == TransportException.Reason.UNREACHABLE
        || reason == TransportException.Reason.TLS;
  }

  private boolean lostConnection() {
    return outcome instanceof Outcome.Blocked blocked
        && blocked.error().cause() == Cause.CONNECTION_CLOSED;
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
        + " "
        + url
        + " Origin="
        + origin
        + " ACRM="
        + acrm
        + " ACRH="
        + acrh
        + (cookie && comparesCookies() ? " +cookie" : "");
  }

  /**
   * How WebKitGTK finds the first party of frames and pages without an origin of their own depends
   * on how the recording opened them.
   */
  boolean comparesCookies() {
    if (CorpusRun.isRecordedInFull(verdict)) {
      return false; // They are compared by name and value.
    }
    if (engine == Engine.STANDARD) {
      return false; // The verdict's cookies are those of Chromium.
    }
    return engine != Engine.WEBKIT
        || !(page.origin().equals("null") || page.context() == PageContext.BLOB_IFRAME);
  }

  private void compareCorsError(List<String> found) {
    String recorded = text(verdict.path("corsError"));
    String model =
        outcome instanceof Outcome.Blocked blocked ? blocked.error().cause().chromiumError() : null;
    if (!Objects.equals(model, recorded)) {
      found.add("corsError is " + model + " but was recorded as " + recorded);
      return;
    }
    if (outcome instanceof Outcome.Blocked blocked && recorded != null) {
      String parameter = verdict.path("failedParameter").asText("");
      String modelled = blocked.error().chromiumParameter();
      if (!modelled.equals(parameter)
          && isAscii(modelled)
          && !blocked.error().refusedHeaders().contains(parameter)) {
        found.add("failedParameter is '" + modelled + "' but was recorded as '" + parameter + "'");
      }
    }
  }

  private void compareConsole(List<String> found) {
    String recorded = firstCorsLine();
    String model =
        outcome instanceof Outcome.Blocked blocked ? blocked.error().consoleLine(engine) : null;
    if (!outcome.warnings().isEmpty()) {
      model = outcome.warnings().get(0);
    }
    if (model != null && outcome instanceof Outcome.Blocked blocked && engine == Engine.CHROMIUM) {
      // When it refuses several headers, Chromium names one of them in no useful order.
      model =
          model.replace(
              "field " + blocked.error().parameter() + " is",
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
