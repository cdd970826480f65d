package dev.corsac.gateway.admin;

import dev.corsac.origins.OriginsStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** How the places that origins come from are doing, for readiness. */
final class OriginsReport {
  private OriginsReport() {}

  static JsonObject of(String status, List<OriginsStatus> places) {
    JsonObject report = new JsonObject().put("status", status);
    if (!places.isEmpty()) {
      Instant now = Instant.now();
      JsonArray all = new JsonArray();
      places.forEach(place -> all.add(json(place, now)));
      report.put("origins", all);
    }
    return report;
  }

  private static JsonObject json(OriginsStatus place, Instant now) {
    JsonObject json =
        new JsonObject()
            .put("from", place.from().toString())
            .put("state", place.state().name().toLowerCase(Locale.ROOT))
            .put("origins", place.origins())
            .put("skipped", place.skipped());
    place.age(now).ifPresent(age -> json.put("age_seconds", age.toSeconds()));
    place.problem().ifPresent(problem -> json.put("problem", problem));
    return json;
  }
}
