package dev.corsac.lab;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A recording of a browser as an experiment of the bench.
 *
 * @param name of the recording
 * @param verdict what the page could do: {@code readable}, {@code opaque} or {@code blocked}
 * @param sent the methods that the server saw
 * @param seen the names of the headers that the page saw
 */
record RecordedExperiment(
    String name, JsonObject experiment, String verdict, String sent, List<String> seen) {
  private static final String PAGE = "http://app.test:8001";
  private static final String SERVER = "http://api.app.test:8002/";
  private static final Set<String> REQUEST_KEYS =
      Set.of("api", "url", "method", "headers", "mode", "credentials", "redirect", "body");

  /** Headers that this server sets itself, or that say how the body is sent. */
  private static final Set<String> OWN =
      Set.of(
          "content-length", "content-type", "transfer-encoding", "connection", "content-encoding");

  /** Empty if the bench cannot express it. */
  static Optional<RecordedExperiment> of(JsonNode scenario, LabOrigins origins) {
    JsonNode resource = scenario.path("server").path(0);
    JsonNode step = scenario.path("steps").path(0);
    JsonNode request = step.path("request");
    JsonNode verdict = scenario.path("verdict").path("steps").path(0);
    Optional<String> server = server(resource, origins);
    boolean plain =
        scenario.path("steps").size() == 1
            && scenario.path("server").size() == 1
            && step.size() == 1
            && !scenario.path("outsideStandard").asBoolean()
            && scenario.path("page").path("origin").asText().equals(PAGE)
            && scenario.path("page").path("context").asText().equals("document")
            && scenario.path("page").path("headers").isEmpty()
            && request.path("api").asText().equals("fetch")
            && request.path("redirect").asText("follow").equals("follow")
            && request.path("url").asText().equals(resource.path("url").asText())
            && request.path("url").asText().startsWith(SERVER)
            && !verdict.path("response").has("bodyError")
            && isOfKeys(request);
    Optional<JsonObject> asked = plain ? step(request) : Optional.empty();
    if (!plain || server.isEmpty() || asked.isEmpty()) {
      return Optional.empty();
    }
    List<String> sent = new ArrayList<>();
    verdict.path("requests").forEach(each -> sent.add(each.path("method").asText()));
    List<String> seen = new ArrayList<>();
    for (JsonNode pair : verdict.path("response").path("headers")) {
      if (!OWN.contains(pair.path(0).asText())) {
        seen.add(pair.path(0).asText());
      }
    }
    return Optional.of(
        new RecordedExperiment(
            scenario.path("id").asText() + " " + scenario.path("clause").asText(),
            new JsonObject()
                .put("server", server.get())
                .put("steps", new JsonArray().add(asked.get())),
            verdict(verdict),
            String.join(" ", sent),
            seen));
  }

  private static String verdict(JsonNode verdict) {
    if (!verdict.path("outcome").asText().equals("resolve")) {
      return "blocked";
    }
    return verdict.path("response").path("type").asText().startsWith("opaque")
        ? "opaque"
        : "readable";
  }

  private static boolean isOfKeys(JsonNode request) {
    for (String key : (Iterable<String>) request::fieldNames) {
      if (!REQUEST_KEYS.contains(key) && !request.path(key).isNull()) {
        return false;
      }
    }
    return true;
  }

  private static Optional<JsonObject> step(JsonNode request) {
    JsonObject step =
        new JsonObject()
            .put("askers", new JsonArray().add("listed"))
            .put("method", request.path("method").asText("GET"))
            .put("path", "/api/data")
            .put("mode", request.path("mode").asText("cors"))
            .put("credentials", request.path("credentials").asText("same-origin"));
    JsonArray headers = new JsonArray();
    for (JsonNode pair : request.path("headers")) {
      String value = pair.path(1).asText();
      // The form has a line for each header, without space around it.
      if (!value.equals(value.strip()) || value.isEmpty() || !isPrintable(value)) {
        return Optional.empty();
      }
      headers.add(new JsonArray().add(pair.path(0).asText()).add(value));
    }
    boolean ofTheForm = List.of("cors", "no-cors", "same-origin").contains(step.getString("mode"));
    if (headers.size() > 20 || !ofTheForm) {
      return Optional.empty();
    }
    step.put("headers", headers);
    JsonNode body = request.path("body");
    String type =
        switch (body.path("type").asText("none")) {
          case "none" -> "none";
          case "string" -> "text";
          case "urlsearchparams" -> "form";
          case "blob" -> body.path("mime").asText("").isEmpty() ? "blob" : "";
          default -> "";
        };
    if (type.isEmpty() || !step.getString("method").equals(step.getString("method").strip())) {
      return Optional.empty();
    }
    if (!type.equals("none")) {
      step.put("body", new JsonObject().put("type", type).put("text", body.path("value").asText()));
    }
    return Optional.of(step);
  }

  /** The responses as somebody writes them by hand. */
  private static Optional<String> server(JsonNode resource, LabOrigins origins) {
    StringBuilder out = new StringBuilder();
    for (String part : List.of("preflight", "response")) {
      JsonNode response = resource.path(part);
      if (response.isMissingNode() && part.equals("preflight")) {
        continue;
      }
      int status = response.path("status").asInt();
      if (status < 200 || status > 599 || status / 100 == 3) {
        return Optional.empty();
      }
      out.append(part).append(": ").append(status).append('\n');
      for (JsonNode pair : response.path("headers")) {
        String name = pair.path(0).asText();
        String value = pair.path(1).asText().replace(PAGE, origins.listed());
        if (!name.matches("[A-Za-z-]+") || !isPrintable(value) || !value.equals(value.strip())) {
          return Optional.empty();
        }
        if (!OWN.contains(name.toLowerCase(java.util.Locale.ROOT))) {
          out.append(name).append(": ").append(value).append('\n');
        }
      }
    }
    return out.length() < 4000 ? Optional.of(out.toString()) : Optional.empty();
  }

  private static boolean isPrintable(String value) {
    return value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }
}
