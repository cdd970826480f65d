package dev.corsac.lab;

import dev.corsac.browser.Engine;
import dev.corsac.browser.Header;
import dev.corsac.browser.Headers;
import dev.corsac.doctor.DecidingHeader;
import dev.corsac.doctor.Diagnosis;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import dev.corsac.lab.api.ApiResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What happened to one page's request, message by message, as the page draws it. */
final class Story {
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
  private static final String ALLOW_CREDENTIALS = "Access-Control-Allow-Credentials";

  private final Engine engine;
  private final Asker asker;
  private final Step step;
  private final Forecast.Expected expected;
  private final Diagnosis diagnosis;
  private final Report report;
  private final List<Recorded> exchanges;
  private final List<String> differences;
  private final Words words;
  private final JsonArray events = new JsonArray();

  Story(
      Engine engine,
      Asker asker,
      String who,
      Step step,
      Forecast.Expected expected,
      Report report,
      List<Recorded> exchanges) {
    this.engine = engine;
    this.asker = asker;
    this.step = step;
    this.expected = expected;
    this.diagnosis = expected.diagnosis();
    this.report = report;
    this.exchanges = exchanges;
    this.differences = Comparison.of(expected, report, exchanges);
    this.words =
        new Words(who, step, diagnosis.cause().map(cause -> cause.problem().title()).orElse(""));
  }

  JsonObject toJson() {
    event("call", words.call()).put("code", CopyAs.fetchCall(step, step.path()));
    for (int i = 0; i < exchanges.size(); i++) {
      Recorded recorded = exchanges.get(i);
      boolean last = i == exchanges.size() - 1;
      boolean refused = last && isBlocked();
      request(recorded, i);
      response(recorded, refused);
    }
    boolean ran = exchanges.stream().anyMatch(each -> each.ran() && !each.isPreflight());
    event("end", words.end(report, ran, exchanges.isEmpty()));
    JsonObject json =
        new JsonObject()
            .put("asker", asker.id())
            .put("events", events)
            .put("verdict", report.kind().id())
            .put("ran", ran)
            .put("seen", seen())
            .put("error", report.error())
            .put("predicted", expected.kind().id())
            .put("differences", new JsonArray(differences));
    if (differences.isEmpty()) {
      json.put("console", diagnosis.consoleLine(engine).orElse(null));
      diagnosis
          .cause()
          .ifPresent(
              cause ->
                  json.put("problem", cause.problem().id())
                      .put("title", cause.problem().title())
                      .put("says", diagnosis.says())
                      .put("fix", diagnosis.fix()));
    }
    return json;
  }

  private boolean isBlocked() {
    return report.kind() == Report.Kind.BLOCKED || report.kind() == Report.Kind.SILENT;
  }

  private JsonObject seen() {
    JsonObject headers = new JsonObject();
    report.headers().forEach(headers::put);
    return new JsonObject()
        .put("status", report.status())
        .put("headers", headers)
        .put("body", report.body());
  }

  private JsonObject event(String type, String text) {
    JsonObject event = new JsonObject().put("type", type).put("text", text);
    events.add(event);
    return event;
  }

  private void request(Recorded recorded, int index) {
    boolean asked = index > 0 && exchanges.get(index - 1).isPreflight();
    boolean wouldAsk =
        diagnosis.outcome().map(outcome -> outcome.preflight().isPresent()).orElse(false);
    String text =
        recorded.isPreflight()
            ? words.preflight(recorded.request().headers())
            : words.request(
                recorded.request().headers(), asked, !asked && wouldAsk, cookieLeftOut());
    String prefix =
        recorded.target().substring(0, recorded.target().length() - target(recorded).length());
    event(recorded.isPreflight() ? "preflight" : "request", text)
        .put("method", recorded.request().method())
        .put("prefix", prefix)
        .put("target", target(recorded))
        .put("body", recorded.request().body())
        .put("headers", requestHeaders(recorded.request().headers()));
  }

  private String cookieLeftOut() {
    return diagnosis.remarks().stream()
        .filter(each -> each.problem() == Problem.COOKIE_NOT_SENT)
        .map(ProblemCase::says)
        .findFirst()
        .orElse("");
  }

  private static String target(Recorded recorded) {
    String query = recorded.request().query();
    return recorded.request().path() + (query.isEmpty() ? "" : "?" + query);
  }

  private JsonArray requestHeaders(Headers headers) {
    JsonArray lines = new JsonArray();
    for (Header header : headers) {
      String name = header.name().toLowerCase(Locale.ROOT);
      boolean ofPage = step.headers().stream().anyMatch(own -> own.name().equalsIgnoreCase(name));
      boolean telling =
          ofPage
              || switch (name) {
                case "origin",
                    "access-control-request-method",
                    "access-control-request-headers",
                    "cookie" ->
                    true;
                case "content-type" -> step.body() != null;
                default -> false;
              };
      lines.add(line(header, telling ? "key" : "rest"));
    }
    return lines;
  }

  private void response(Recorded recorded, boolean refused) {
    ApiResponse response = recorded.response();
    DecidingHeader deciding = refused && differences.isEmpty() ? decidingHere() : null;
    String missing =
        deciding != null
                && !deciding.header().isEmpty()
                && !response.headers().contains(deciding.header())
            ? deciding.header()
            : "";
    String text =
        recorded.isPreflight()
            ? words.preflightResponse(response.headers(), refused)
            : words.response(recorded, refused, report);
    JsonArray lines = new JsonArray();
    for (Header header : response.headers()) {
      lines.add(line(header, responseMark(recorded, header, refused, deciding)));
    }
    event("response", text)
        .put("preflight", recorded.isPreflight())
        .put("status", response.status())
        .put("phrase", HttpResponseStatus.valueOf(response.status()).reasonPhrase())
        .put("body", response.body())
        .put("ran", recorded.ran())
        .put("refused", refused)
        .put("statusDecides", deciding != null && deciding.header().isEmpty())
        .put("missing", missing)
        .put("reason", recorded.reason())
        .put("headers", lines);
  }

  private @Nullable DecidingHeader decidingHere() {
    return diagnosis.decidingHeader().orElse(null);
  }

  /** Whether the header decides, and which way; or is about CORS; or is none of this. */
  private String responseMark(
      Recorded recorded, Header header, boolean refused, @Nullable DecidingHeader deciding) {
    String name = header.name();
    if (deciding != null && name.equalsIgnoreCase(deciding.header())) {
      return "bad";
    }
    if (!refused
        && report.kind() != Report.Kind.OPAQUE
        && !step.isWebSocket()
        && lets(recorded, name)) {
      return "good";
    }
    boolean telling =
        name.regionMatches(true, 0, "Access-Control-", 0, 15)
            || name.equalsIgnoreCase("Vary")
            || name.equalsIgnoreCase("Set-Cookie")
            || name.equalsIgnoreCase("Corsac-Decision")
            || name.equalsIgnoreCase("X-Total-Count");
    return telling ? "key" : "rest";
  }

  /** Whether the header is one that let this pass. */
  private boolean lets(Recorded recorded, String name) {
    Headers asked = recorded.request().headers();
    String method = Objects.requireNonNullElse(asked.get("Access-Control-Request-Method"), "GET");
    if (name.equalsIgnoreCase(ALLOW_ORIGIN)) {
      return true;
    }
    if (name.equalsIgnoreCase(ALLOW_CREDENTIALS)) {
      return step.credentialsId().equals("include");
    }
    return recorded.isPreflight()
        && ((name.equalsIgnoreCase("Access-Control-Allow-Methods")
                && !List.of("GET", "HEAD", "POST").contains(method))
            || (name.equalsIgnoreCase("Access-Control-Allow-Headers")
                && asked.contains("Access-Control-Request-Headers")));
  }

  private static JsonArray line(Header header, String mark) {
    return new JsonArray().add(header.name()).add(header.value()).add(mark);
  }
}
