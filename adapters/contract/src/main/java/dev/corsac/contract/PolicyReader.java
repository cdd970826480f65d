package dev.corsac.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corsac.Cors;
import dev.corsac.CorsPolicy;
import dev.corsac.CorsRoutes;
import dev.corsac.Enforcement;
import dev.corsac.Hosts;
import dev.corsac.Risk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Turns a case's policy into one that decides: "off", or an object with the keys of corsac.yaml.
 */
final class PolicyReader {
  private PolicyReader() {}

  static Cors read(JsonNode node) {
    if (node.asText().equals("off")) {
      return Cors.off();
    }
    if (node.has("hosts") && node.has("routes")) {
      ObjectNode rest = ((ObjectNode) node).deepCopy();
      rest.remove("hosts");
      return Hosts.of(texts(node.get("hosts"))).guard(read(rest));
    }
    if (!node.has("routes")) {
      return policy(node);
    }
    CorsRoutes.Builder routes = CorsRoutes.builder();
    for (JsonNode route : node.get("routes")) {
      routes.route(route.get("path").asText(), read(route.get("cors")));
    }
    if (node.size() > 1) {
      routes.route("/**", policy(node));
    }
    return routes.build();
  }

  private static CorsPolicy policy(JsonNode node) {
    CorsPolicy.Builder builder = CorsPolicy.builder();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      JsonNode value = entry.getValue();
      switch (entry.getKey()) {
        case "allow_origins" -> builder.allowOrigins(texts(value));
        case "allow_methods" -> builder.allowMethods(texts(value));
        case "allow_headers" -> builder.allowHeaders(texts(value));
        case "expose_headers" -> builder.exposeHeaders(texts(value));
        case "allow_credentials" -> builder.allowCredentials(value.asBoolean());
        case "max_age" -> builder.maxAge(Duration.ofSeconds(value.asLong()));
        case "preflight_status" -> builder.preflightStatus(value.asInt());
        case "explain" -> builder.explain(value.asBoolean());
        case "enforce" -> builder.enforce(Enforcement.valueOf(constant(value.asText())));
        case "enforce_report" ->
            builder.enforceReport(Enforcement.valueOf(constant(value.asText())));
        case "trusted_origins" -> builder.trustOrigins(texts(value));
        case "hosts" -> builder.hosts(texts(value));
        case "dangerously_allow" ->
            texts(value).forEach(risk -> builder.dangerouslyAllow(Risk.valueOf(constant(risk))));
        case "routes" -> {}
        default -> throw new IllegalArgumentException(entry.getKey());
      }
    }
    return builder.build();
  }

  private static String constant(String key) {
    return key.toUpperCase(Locale.ROOT);
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    node.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
