package dev.corsac.lab;

import dev.corsac.browser.Header;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** An experiment in the forms in which people use it elsewhere. */
final class CopyAs {
  private CopyAs() {}

  /**
   * All forms.
   *
   * @param base what stands before the paths in the URLs
   * @param origin of the page that curl pretends to be
   */
  static JsonObject of(Experiment experiment, String base, String origin) {
    StringBuilder fetch = new StringBuilder();
    StringBuilder curl = new StringBuilder();
    for (Step step : experiment.steps()) {
      fetch
          .append(step.isWebSocket() ? "" : "await ")
          .append(fetchCall(step, base + step.path()))
          .append(";\n");
      curl.append(curl(step, base, origin));
    }
    JsonObject forms = new JsonObject().put("fetch", fetch.toString()).put("curl", curl.toString());
    if (experiment.byHand() == null) {
      Map<?, ?> cors = cors(experiment.policy());
      forms
          .put("corsac.yaml", experiment.policy())
          .put("Java", java(cors))
          .put("Spring", properties(cors));
    }
    return forms;
  }

  /** As an object, which is how people write headers; as pairs if an object cannot hold them. */
  private static String headers(List<Header> headers) {
    List<String> names =
        headers.stream().map(each -> each.name().toLowerCase(Locale.ROOT)).distinct().toList();
    boolean unique = names.size() == headers.size() && !names.contains("__proto__");
    List<String> lines = new ArrayList<>();
    for (Header each : headers) {
      String name = Json.encode(each.name());
      String value = Json.encode(each.value());
      lines.add("    " + (unique ? name + ": " + value : "[" + name + ", " + value + "]"));
    }
    String all = String.join(",\n", lines);
    return unique ? "{\n" + all + "\n  }" : "[\n" + all + "\n  ]";
  }

  /** The call, as JavaScript writes it. */
  static String fetchCall(Step step, String url) {
    if (step.isWebSocket()) {
      return "new WebSocket(" + Json.encode(Step.webSocketUrl(url)) + ")";
    }
    List<String> options = new ArrayList<>();
    if (!step.method().equals("GET")) {
      options.add("method: " + Json.encode(step.method()));
    }
    if (!step.mode().equals("cors")) {
      options.add("mode: " + Json.encode(step.mode()));
    }
    if (!step.credentialsId().equals("same-origin")) {
      options.add("credentials: " + Json.encode(step.credentialsId()));
    }
    if (!step.headers().isEmpty()) {
      options.add("headers: " + headers(step.headers()));
    }
    Step.StepBody body = step.body();
    if (body != null) {
      String text = Json.encode(body.text());
      options.add(
          "body: "
              + switch (body.type()) {
                case TEXT -> text;
                case FORM -> "new URLSearchParams(" + text + ")";
                case BLOB -> "new Blob([" + text + "])";
              });
    }
    String target = Json.encode(url);
    return options.isEmpty()
        ? "fetch(" + target + ")"
        : "fetch(" + target + ", {\n  " + String.join(",\n  ", options) + "\n})";
  }

  /** What a shell sends: no preflight, and no browser that keeps anything back. */
  private static String curl(Step step, String base, String origin) {
    StringBuilder out = new StringBuilder("curl -i");
    if (step.method().equals("HEAD")) {
      out.append(" --head");
    } else if (!step.method().equals("GET")) {
      out.append(" -X ").append(quoted(step.method()));
    }
    out.append(' ').append(quoted(base + step.path()));
    out.append(" \\\n  -H ").append(quoted("Origin: " + origin));
    if (step.isWebSocket()) {
      out.append(" \\\n  -H 'Connection: Upgrade' -H 'Upgrade: websocket'");
      out.append(
          " \\\n  -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='");
    }
    for (Header header : step.headers()) {
      out.append(" \\\n  -H ").append(quoted(header.name() + ": " + header.value()));
    }
    Step.StepBody body = step.body();
    if (body != null) {
      out.append(" \\\n  --data-binary ").append(quoted(body.text()));
    }
    return out.append('\n').toString();
  }

  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9_./:=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** What stands below {@code cors} in a file that has no error. */
  private static Map<?, ?> cors(String policy) {
    Object file = new Load(LoadSettings.builder().build()).loadFromString(policy);
    return file instanceof Map<?, ?> map && map.get("cors") instanceof Map<?, ?> cors
        ? cors
        : Map.of();
  }

  private static String java(Map<?, ?> cors) {
    if (cors.isEmpty()) {
      return "Cors cors = Cors.off();\n";
    }
    StringBuilder out = new StringBuilder();
    if (cors.containsKey("allow_origin_regex")) {
      out.append("// allow_origin_regex is for corsac.yaml and Spring; in Java write a pattern.\n");
    }
    out.append("CorsPolicy policy =\n    CorsPolicy.builder()\n");
    cors.forEach(
        (key, value) -> {
          String call =
              switch (String.valueOf(key)) {
                case "allow_origins" -> "allowOrigins(" + strings(value) + ")";
                case "allow_methods" -> "allowMethods(" + strings(value) + ")";
                case "allow_headers" -> "allowHeaders(" + strings(value) + ")";
                case "expose_headers" -> "exposeHeaders(" + strings(value) + ")";
                case "trusted_origins" -> "trustOrigins(" + strings(value) + ")";
                case "allow_credentials" -> "allowCredentials(" + value + ")";
                case "max_age" -> "maxAge(Duration.ofSeconds(" + value + "))";
                case "preflight_status" -> "preflightStatus(" + value + ")";
                case "explain" -> "explain(" + value + ")";
                case "enforce" -> "enforce(" + constant("Enforcement", value) + ")";
                case "enforce_report" -> "enforceReport(" + constant("Enforcement", value) + ")";
                case "dangerously_allow" ->
                    "dangerouslyAllow("
                        + String.join(
                            ", ", list(value).stream().map(each -> constant("Risk", each)).toList())
                        + ")";
                default -> "";
              };
          if (!call.isEmpty()) {
            out.append("        .").append(call).append('\n');
          }
        });
    return out.append("        .build();\n").toString();
  }

  private static String constant(String type, Object value) {
    return type + "." + String.valueOf(value).toUpperCase(Locale.ROOT);
  }

  private static String strings(Object value) {
    return String.join(", ", list(value).stream().map(Json::encode).toList());
  }

  private static List<String> list(Object value) {
    return value instanceof Collection<?> items
        ? items.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(value));
  }

  private static String properties(Map<?, ?> cors) {
    StringBuilder out = new StringBuilder();
    cors.forEach(
        (key, value) -> {
          String name = "corsac.cors." + String.valueOf(key).replace('_', '-');
          String unit = key.equals("max_age") ? "s" : "";
          out.append(name).append('=').append(property(value)).append(unit).append('\n');
        });
    return out.toString();
  }

  private static String property(Object value) {
    return String.join(",", list(value)).replace("\\", "\\\\");
  }
}
