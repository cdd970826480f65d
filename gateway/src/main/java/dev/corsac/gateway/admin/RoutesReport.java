package dev.corsac.gateway.admin;

import dev.corsac.CorsPolicy;
import dev.corsac.config.CorsacConfig;
import dev.corsac.config.RouteConfig;
import dev.corsac.config.RouteOptions;
import dev.corsac.finding.Finding;
import dev.corsac.gateway.route.ServingConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The routes of a configuration, each with its policy and what is unwise about it. */
final class RoutesReport {
  private static final int MOST = 200;
  private static final int LONGEST_POLICY = 8192;

  private RoutesReport() {}

  static JsonObject of(CorsacConfig config) {
    JsonArray routes = new JsonArray();
    List<RouteConfig> all = config.routes();
    for (RouteConfig route : all.subList(0, Math.min(MOST, all.size()))) {
      routes.add(
          route(
              route.host().orElse("") + route.path(),
              route.upstream(),
              route.cors(),
              route.shadow(),
              route.options().orElse(config.options())));
    }
    routes.add(
        route(
            ServingConfig.REST,
            config.upstream(),
            config.cors(),
            config.shadow(),
            config.options()));
    return new JsonObject().put("routes", routes).put("left_out", Math.max(0, all.size() - MOST));
  }

  private static JsonObject route(
      String name,
      Optional<URI> upstream,
      Optional<CorsPolicy> cors,
      Optional<CorsPolicy> shadow,
      RouteOptions options) {
    JsonObject json = new JsonObject().put("name", name);
    options
        .site()
        .ifPresentOrElse(
            site -> json.put("leads_to", "files of " + site.folder().getFileName()),
            () -> upstream.ifPresent(uri -> json.put("leads_to", uri.toString())));
    cors.ifPresent(
        policy -> {
          json.put("policy", cut(policy.toString()));
          json.put("findings", findings(policy.findings()));
          JsonArray from = new JsonArray();
          policy.originSources().forEach(source -> from.add(source.toString()));
          json.put("origins_from", from);
        });
    shadow.ifPresent(policy -> json.put("shadow", cut(policy.toString())));
    return json.put("guards", new JsonArray(options.guards().names()));
  }

  private static JsonArray findings(List<Finding> findings) {
    JsonArray all = new JsonArray();
    for (Finding finding : findings) {
      all.add(
          new JsonObject()
              .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
              .put("rule", finding.rule().id())
              .put("where", finding.where())
              .put("message", finding.message())
              .put("fix", finding.fix()));
    }
    return all;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_POLICY ? text : text.substring(0, LONGEST_POLICY) + "…";
  }
}
