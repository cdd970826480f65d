package dev.corsac.cli.diff;

import dev.corsac.cli.text.Json;
import dev.corsac.config.diff.ConfigDiff;
import dev.corsac.config.diff.Difference;
import dev.corsac.config.diff.Effect;
import dev.corsac.config.diff.Region;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code corsac diff} finds, for machines. */
public final class DiffJson {
  private DiffJson() {}

  private record Report(boolean same, List<OfProfile> profiles) {}

  /** What differs with a profile; null is for the files by themselves. */
  private record OfProfile(
      @Nullable String profile,
      boolean same,
      List<Part> parts,
      List<String> notCompared,
      List<String> notes) {
    static OfProfile of(String profile, ConfigDiff diff) {
      return new OfProfile(
          profile.isEmpty() ? null : profile,
          diff.same(),
          diff.parts().stream().map(Part::of).toList(),
          diff.unproven(),
          diff.notes());
    }
  }

  private record Part(List<Route> routes, List<Change> differences) {
    static Part of(ConfigDiff.Part part) {
      return new Part(
          part.regions().stream().map(Route::of).toList(),
          part.differences().stream().map(Change::of).toList());
    }
  }

  /** Of what no route takes, or no route asks for, the path or the host is null. */
  private record Route(@Nullable String host, @Nullable String before, @Nullable String after) {
    static Route of(Region region) {
      return new Route(orNull(region.host()), orNull(region.before()), orNull(region.after()));
    }

    private static @Nullable String orNull(String text) {
      return text.isEmpty() ? null : text;
    }
  }

  private record Change(
      String direction,
      String subject,
      String value,
      boolean credentials,
      boolean partly,
      Request witness,
      Outcome before,
      Outcome after) {
    static Change of(Difference each) {
      return new Change(
          each.direction().id(),
          each.subject().id(),
          each.value(),
          each.credentials(),
          each.partly(),
          new Request(each.witness().method(), each.witness().path(), each.witness().fields()),
          Outcome.of(each.before()),
          Outcome.of(each.after()));
    }
  }

  private record Request(String method, String path, Map<String, String> headers) {}

  /** The status is null if the application runs. */
  private record Outcome(@Nullable Integer status, String reason) {
    static Outcome of(Effect effect) {
      return new Outcome(
          effect.status().isPresent() ? effect.status().getAsInt() : null, effect.reason().id());
    }
  }

  /**
   * The report.
   *
   * @param diffs by profile; the empty text is for the files by themselves
   */
  public static String of(Map<String, ConfigDiff> diffs) {
    return Json.text(
        new Report(
            diffs.values().stream().allMatch(ConfigDiff::same),
            diffs.entrySet().stream()
                .map(each -> OfProfile.of(each.getKey(), each.getValue()))
                .toList()));
  }
}
