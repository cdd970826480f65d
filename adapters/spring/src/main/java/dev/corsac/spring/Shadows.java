package dev.corsac.spring;

import dev.corsac.Cors;
import dev.corsac.CorsPolicy;
import dev.corsac.CorsRequest;
import dev.corsac.Decision;
import dev.corsac.PathRoutes;
import dev.corsac.Reason;
import dev.corsac.Shadow;
import dev.corsac.config.CorsacConfig;
import dev.corsac.config.RouteConfig;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** The candidate policies of a configuration, each asked about the paths of its routes. */
final class Shadows implements BiConsumer<CorsRequest, Decision> {
  static final Shadows NONE = new Shadows(CorsacConfig.builder().build());

  /** What the requests are called that no route takes. */
  private static final String REST = "default";

  private static final Log log = LogFactory.getLog("corsac");

  private final Map<List<?>, Shadow> beside = new HashMap<>();
  private final Map<String, Shadow> byRoute = new LinkedHashMap<>();
  private final PathRoutes<Optional<Shadow>> routes;

  Shadows(CorsacConfig config) {
    // First, so that the common candidate has the name of no route that inherits it.
    Optional<Shadow> rest = shadow(REST, config.cors(), config.shadow());
    Map<String, Optional<Shadow>> table = new LinkedHashMap<>();
    for (RouteConfig route : config.routes()) {
      // Of routes with the same path the first decides.
      table.putIfAbsent(route.path(), shadow(route.path(), route.cors(), route.shadow()));
    }
    PathRoutes.Builder<Optional<Shadow>> all = PathRoutes.builder(rest, Optional.empty());
    table.forEach(all::add);
    this.routes = all.build();
  }

  /** The same for all routes that have the same policy and candidate. */
  private Optional<Shadow> shadow(
      String route, Optional<CorsPolicy> policy, Optional<CorsPolicy> candidate) {
    return candidate.map(
        each ->
            beside.computeIfAbsent(
                List.of(policy, each),
                both -> {
                  Shadow shadow = new Shadow(each, log::info);
                  byRoute.putIfAbsent(route, shadow);
                  return shadow;
                }));
  }

  /** By the path of the first route that it is for, the common one by {@value #REST}. */
  Map<String, Shadow> byRoute() {
    return Collections.unmodifiableMap(byRoute);
  }

  /** The same decisions, of which the candidates are told. */
  Cors observe(Cors cors) {
    return byRoute.isEmpty() ? cors : cors.observedBy(this);
  }

  @Override
  public void accept(CorsRequest request, Decision decision) {
    // No candidate says by which names the server is called.
    if (decision.reason() != Reason.HOST_NOT_ALLOWED) {
      routes.find(request.path()).ifPresent(shadow -> shadow.accept(request, decision));
    }
  }
}
