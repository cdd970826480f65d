package dev.corsac.browser;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corsac.browser.url.Ascii;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What else of a step can be compared: the URL of the response, whether it was redirected, its
 * body; of each request all other headers, the length of the body, the cookies.
 *
 * <p>Left out: a body that is not ASCII, since the recording does not say in which charset the page
 * read it; of multipart bodies and their boundaries everything but that there is one; the Accept of
 * elements, which each engine words otherwise and no server of CORS asks for.
 */
final class FurtherComparison {
  private static final Set<String> COMPARED_ELSEWHERE =
      Set.of(
          "origin",
          "cookie",
          "access-control-request-method",
          "access-control-request-headers",
          "content-length",
          "transfer-encoding",
          "sec-purpose",
          "sec-fetch-user");

  private final JsonNode scenario;
  private final String api;
  private final boolean sendsForm;
  private final boolean comparesCookies;
  private final List<String> found;

  private FurtherComparison(
      JsonNode scenario, JsonNode step, boolean comparesCookies, List<String> found) {
    this.scenario = scenario;
    this.api = step.path("request").path("api").asText();
    this.sendsForm = step.at("/request/body/type").asText().equals("formdata");
    this.comparesCookies = comparesCookies;
    this.found = found;
  }

  static void compare(JsonNode scenario, JsonNode step, StepComparison base, List<String> found) {
    FurtherComparison comparison =
        new FurtherComparison(scenario, step, base.comparesCookies(), found);
    Outcome outcome = base.outcome();
    JsonNode verdict = base.verdict();
    if (outcome instanceof Outcome.Readable readable
        && verdict.path("outcome").asText().equals("resolve")
        && verdict.path("response").isObject()) {
      comparison.compareResponse(readable, verdict.path("response"));
    }
    List<Exchange> sent =
        outcome.transcript().stream()
            .filter(exchange -> !StepComparison.isUnreachable(exchange))
            .toList();
    JsonNode requests = verdict.path("requests");
    for (int i = 0; i < Math.min(sent.size(), requests.size()); i++) {
      comparison.compareRequest(
          "request " + (i + 1) + ": ", sent.get(i).request(), requests.get(i));
    }
  }

  private void compareResponse(Outcome.Readable readable, JsonNode response) {
    check("response url", readable.url(), response.path("url").asText());
    if (api.equals("fetch")) {
      check("redirected", readable.redirected(), response.path("redirected").asBoolean());
    }
    String body = response.path("body").asText();
    boolean ascii = body.chars().allMatch(c -> c < 0x80);
    if (ascii && !response.has("bodyError") && readable.bodyError() == null) {
      check("body", readable.body(), body);
    }
    response
        .path("probed")
        .properties()
        .forEach(
            probe ->
                check(probe.getKey(), readable.header(probe.getKey()), text(probe.getValue())));
  }

  private void compareRequest(String which, WireRequest request, JsonNode recorded) {
    Map<String, String> real = new TreeMap<>();
    String length = null;
    for (Header header : Corpus.headers(recorded.path("headers"))) {
      length = header.name().equalsIgnoreCase("Content-Length") ? header.value() : length;
      add(header, real);
    }
    Map<String, String> model = new TreeMap<>();
    request.headers().forEach(header -> add(header, model));
    model.remove("accept", "*/*");
    check(which + "headers", model, real);
    boolean multipart = String.valueOf(request.header("Content-Type")).startsWith("multipart/");
    if (!multipart && !sendsForm) {
      check(which + "length", request.body().length, recorded.path("bodyLength").asInt(0));
      if (request.body().length == 0) {
        check(
            which + "has length 0",
            "0".equals(request.header("Content-Length")),
            "0".equals(length));
      }
    }
    if (recorded.has("host")) {
      check(which + "host", request.authority(), recorded.path("host").asText());
      check(which + "target", request.target(), recorded.path("target").asText());
      check(which + "cookies", cookies(request), recorded.path("jar").asText(""));
    } else if (comparesCookies) {
      List<String> names = new ArrayList<>();
      recorded.path("cookies").forEach(name -> names.add(name.asText()));
      check(which + "cookies", cookieNames(request), names);
    }
  }

  /** Those that the scenario has set: they have its hash in their name or value. */
  private String cookies(WireRequest request) {
    String id = scenario.path("id").asText();
    String hash = id.substring(id.length() - 10);
    List<String> own = new ArrayList<>();
    for (String pair : Objects.requireNonNullElse(request.header("Cookie"), "").split("; ", -1)) {
      if (pair.contains(hash)) {
        own.add(pair.replace(hash, "#"));
      }
    }
    return String.join("; ", own);
  }

  private static List<String> cookieNames(WireRequest request) {
    String cookies = request.header("Cookie");
    return cookies == null
        ? List.of()
        : Arrays.stream(cookies.split("; ", -1))
            .map(pair -> pair.split("=", 2)[0])
            .sorted()
            .toList();
  }

  private void add(Header header, Map<String, String> headers) {
    String name = Ascii.lower(header.name());
    boolean ofElement = !api.equals("fetch") && !api.equals("xhr");
    if (COMPARED_ELSEWHERE.contains(name) || (name.equals("accept") && ofElement)) {
      return;
    }
    boolean multipart =
        name.equals("content-type") && header.value().startsWith("multipart/form-data; boundary=-");
    headers.merge(name, multipart ? "multipart" : header.value(), (a, b) -> a + ", " + b);
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() ? node.asText() : null;
  }

  private void check(String what, @Nullable Object model, @Nullable Object recorded) {
    if (!Objects.equals(model, recorded)) {
      found.add(what + " is " + model + " but was recorded as " + recorded);
    }
  }
}
