package dev.corsac.gateway;

import dev.corsac.origins.OriginsStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** How the places that origins come from are doing, for readiness and for metrics. */
final class OriginsReport {
  private OriginsReport() {}

  /** The body of readiness. */
  static String json(String status, List<OriginsStatus> places) {
    JsonObject report = new JsonObject().put("status", status);
    if (!places.isEmpty()) {
      Instant now = Instant.now();
      JsonArray all = new JsonArray();
      places.forEach(place -> all.add(json(place, now)));
      report.put("origins", all);
    }
    return report.encode();
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

  /** In the text format of Prometheus; labels hold what the configuration says, nothing else. */
  static String metrics(List<OriginsStatus> places) {
    StringBuilder text = new StringBuilder();
    Instant now = Instant.now();
    gauge(text, "corsac_origins", "Origins that are served.");
    places.forEach(place -> sample(text, "corsac_origins", place, place.origins()));
    gauge(text, "corsac_origins_skipped", "Origins that are left out: invalid or too dangerous.");
    places.forEach(place -> sample(text, "corsac_origins_skipped", place, place.skipped()));
    gauge(
        text,
        "corsac_origins_age_seconds",
        "Time since the place was known to say what is served; +Inf if it was never read.");
    places.forEach(
        place ->
            sample(
                text,
                "corsac_origins_age_seconds",
                place,
                place
                    .age(now)
                    .map(Duration::toMillis)
                    .map(age -> age / 1000.0)
                    .orElse(Double.POSITIVE_INFINITY)));
    gauge(text, "corsac_origins_current", "1 if the place can be read, 0 if not.");
    places.forEach(
        place ->
            sample(
                text,
                "corsac_origins_current",
                place,
                place.state() == OriginsStatus.State.CURRENT ? 1 : 0));
    return text.toString();
  }

  private static void gauge(StringBuilder text, String name, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(" gauge\n");
  }

  private static void sample(StringBuilder text, String name, OriginsStatus place, double value) {
    String label =
        place.from().toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    text.append(name)
        .append("{from=\"")
        .append(label)
        .append("\"} ")
        .append(Double.isInfinite(value) ? "+Inf" : String.format(Locale.ROOT, "%.3f", value))
        .append('\n');
  }
}
