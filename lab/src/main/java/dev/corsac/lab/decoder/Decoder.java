package dev.corsac.lab.decoder;

import dev.corsac.browser.Engine;
import dev.corsac.doctor.explain.Explainer;
import dev.corsac.doctor.explain.Explanation;
import dev.corsac.doctor.har.Har;
import dev.corsac.doctor.har.HarFinding;
import dev.corsac.doctor.har.InvalidHarException;
import dev.corsac.doctor.problem.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says what a thing means that somebody pasted. Nothing is sent anywhere: requests are judged by
 * the model of the browser, console lines and recordings by the doctor. Thread-safe.
 */
public final class Decoder {
  private static final int MOST_FINDINGS = 50;

  private final String listed;

  /**
   * A decoder.
   *
   * @param listed the origin of the lab's page that examples list
   */
  public Decoder(String listed) {
    this.listed = listed;
  }

  /** What a text means: a {@code fetch} call, a {@code curl} command, or a browser's message. */
  public JsonObject decode(String text, Engine engine) {
    Optional<PastedRequest> request = PastedRequest.in(text);
    if (request.isPresent() && PastedRequest.origin(request.get().url()) != null) {
      return new RequestReading(request.get(), engine, listed).toJson();
    }
    List<Explanation> explanations = Explainer.explain(text);
    if (explanations.isEmpty()) {
      return new JsonObject()
          .put("kind", "unknown")
          .put("nearest", Explainer.nearest(text).orElse(""));
    }
    JsonArray findings = new JsonArray();
    explanations.stream()
        .limit(MOST_FINDINGS)
        .forEach(each -> findings.add(finding(each, List.of())));
    return new JsonObject().put("kind", "message").put("findings", findings);
  }

  /** What a recording of the network panel shows. */
  public JsonObject decodeHar(byte[] file) {
    try {
      Har har = Har.read(new ByteArrayInputStream(file));
      JsonArray findings = new JsonArray();
      List<HarFinding> found = har.explain();
      found.stream()
          .limit(MOST_FINDINGS)
          .forEach(each -> findings.add(finding(each.explanation(), each.entries())));
      return new JsonObject()
          .put("kind", "har")
          .put("exchanges", har.size())
          .put("withoutFailures", har.isWithoutFailures())
          .put("more", Math.max(0, found.size() - MOST_FINDINGS))
          .put("findings", findings);
    } catch (InvalidHarException e) {
      return new JsonObject().put("invalid", e.getMessage());
    } catch (IOException e) {
      return new JsonObject().put("invalid", "The file cannot be read.");
    }
  }

  private static JsonObject finding(Explanation each, List<Integer> entries) {
    return new JsonObject()
        .put("problem", each.problem().id())
        .put("title", each.problem().title())
        .put("cors", each.isCors())
        .put("browser", each.browser().map(name -> name.name().toLowerCase(Locale.ROOT)).orElse(""))
        .put("url", each.facts().url().orElse(""))
        .put("says", each.says())
        .put("why", each.problem().why())
        .put("fix", each.problemCase().fix())
        .put(
            "others",
            new JsonArray(
                each.candidates().stream()
                    .filter(other -> other != each.problem())
                    .map(Problem::title)
                    .toList()))
        .put("entries", new JsonArray(entries));
  }
}
