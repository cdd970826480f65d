package dev.corsac.gateway.admin;

import dev.corsac.browser.Header;
import dev.corsac.gateway.explain.Explainer;
import dev.corsac.gateway.explain.InvalidQuestionException;
import dev.corsac.gateway.explain.Question;
import dev.corsac.gateway.route.ServingConfig;
import dev.corsac.gateway.watch.Recent;
import dev.corsac.gateway.watch.Watch;
import dev.corsac.origins.OriginSources;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What the operator's page shows, as JSON. Nothing here changes anything. Thread-safe. */
public final class OperatorPage {
  private static final int MOST_HEADERS = 50;

  private final Supplier<ServingConfig> serving;
  private final Watch watch;
  private final OriginSources origins;
  private final Supplier<String> url;

  /**
   * Of one gateway.
   *
   * @param url where it serves
   */
  public OperatorPage(
      Supplier<ServingConfig> serving, Watch watch, OriginSources origins, Supplier<String> url) {
    this.serving = serving;
    this.watch = watch;
    this.origins = origins;
    this.url = url;
  }

  /** What changes all the time. */
  JsonObject state(String status) {
    Instant now = Instant.now();
    JsonArray requests = new JsonArray();
    watch.recent().look().forEach(each -> requests.add(json(each)));
    return OriginsReport.of(status, origins.status())
        .put("now", now.toString())
        .put("url", url.get())
        .put("requests", requests)
        .put("counted", watch.recent().counted())
        .put("denials", DenialsReport.of(watch.events().recent(), now));
  }

  private static JsonObject json(Recent.Seen seen) {
    return new JsonObject()
        .put("number", seen.number())
        .put("time", seen.time().toString())
        .put("what", seen.what())
        .put("reason", seen.reason())
        .put("kind", seen.kind())
        .put("origin", seen.origin())
        .put("route", seen.route())
        .put("method", seen.method())
        .put("path", seen.path())
        .put("client", seen.client())
        .put("status", seen.status());
  }

  /** What changes with the configuration. */
  JsonObject routes() {
    return RoutesReport.of(serving.get().config());
  }

  /** What would come of a request; its parts are parameters. */
  JsonObject explain(MultiMap parameters) throws InvalidQuestionException {
    Question question =
        new Question(
            text(parameters, "origin"),
            text(parameters, "method"),
            target(text(parameters, "url")),
            headers(parameters.getAll("header")),
            text(parameters, "credentials").equals("include"));
    return new Explainer(serving.get()).explain(question);
  }

  private static String text(MultiMap parameters, String name) {
    String value = parameters.get(name);
    return value == null ? "" : value.strip();
  }

  private String target(String written) {
    return written.startsWith("/") ? url.get() + written : written;
  }

  private static List<Header> headers(List<String> lines) throws InvalidQuestionException {
    List<Header> headers = new ArrayList<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon <= 0 || headers.size() == MOST_HEADERS) {
        throw new InvalidQuestionException(
            "Headers are written as Name: value, one a line, at most " + MOST_HEADERS + ".");
      }
      try {
        headers.add(
            new Header(line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
      } catch (IllegalArgumentException e) {
        throw new InvalidQuestionException(e.getMessage() == null ? "" : e.getMessage());
      }
    }
    return headers;
  }
}
