package dev.corsac.attacks.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corsac.attacks.lab.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an upstream does to a request, and what the client must get of it: {@code
 * conformance/upstream-responses}.
 *
 * @param request GET without a body if it is left out
 * @param when {@code head} for before the request's body has come
 * @param send texts as they are; numbers of milliseconds to wait; at last {@code {"do": "close"}},
 *     {@code reset} or {@code stall}
 * @param expect any one of {@code 502}, {@code 504}, {@code broken} (what came cannot be taken for
 *     whole), {@code whole}
 * @param whole the response, if it may reach the client whole
 */
public record UpstreamCase(
    String id,
    String description,
    @Nullable Request request,
    @Nullable String when,
    List<JsonNode> send,
    List<String> expect,
    @Nullable Response whole,
    String reference,
    String from) {

  /** The request that the upstream misbehaves to. */
  record Request(String method, @Nullable String body) {}

  /** A response that a client gets. */
  record Response(int status, @Nullable String body) {}

  public Script script(String name, Map<String, String> names) {
    List<Script.Step> steps = new ArrayList<>();
    for (JsonNode step : send) {
      if (step.isInt()) {
        steps.add(new Script.Pause(step.intValue()));
      } else if (step.isTextual()) {
        steps.add(new Script.Send(Template.fill(step.textValue(), names)));
      } else {
        String action = step.path("do").asText();
        steps.add(
            switch (action) {
              case "close" -> new Script.Close(false);
              case "reset" -> new Script.Close(true);
              case "stall" -> new Script.Stall();
              default -> throw new IllegalArgumentException(id + ": " + action);
            });
      }
    }
    Script.When start =
        Script.When.valueOf((when == null ? "request" : when).toUpperCase(Locale.ROOT));
    return new Script(name, start, steps);
  }

  String method() {
    return request == null ? "GET" : request.method();
  }

  @Override
  public String toString() {
    return id;
  }
}
