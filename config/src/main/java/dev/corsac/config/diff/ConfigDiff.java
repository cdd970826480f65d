package dev.corsac.config.diff;

import dev.corsac.config.CorsacConfig;
import java.util.List;
import java.util.stream.Stream;

/**
 * What browsers would be allowed by one configuration and not by another.
 *
 * <p>Two that are told to be the same decide every request alike, but for the order of lists. What
 * cannot be compared, such as the rows of a database, is named. Upstreams, guards and limits are
 * not compared.
 *
 * @param parts the differences, by the requests that they are about
 * @param unproven what could not be compared
 * @param notes what has to be known to read the witnesses
 */
public record ConfigDiff(List<Part> parts, List<String> unproven, List<String> notes) {

  /**
   * The differences of some routes.
   *
   * @param regions none for what is about the server as a whole
   */
  public record Part(List<Region> regions, List<Difference> differences) {}

  /**
   * Compares two configurations. The places that they take origins from are compared by their
   * origins where these are known one by one ({@link
   * dev.corsac.config.origins.DeclaredOrigins#listed}), else by their names.
   */
  public static ConfigDiff of(CorsacConfig before, CorsacConfig after) {
    return new Comparison(before, after).compare();
  }

  /** The same with more to know. */
  public ConfigDiff noting(List<String> more) {
    return new ConfigDiff(parts, unproven, Stream.concat(more.stream(), notes.stream()).toList());
  }

  /** Whether nothing differs, and everything could be compared. */
  public boolean same() {
    return parts.isEmpty() && unproven.isEmpty();
  }
}
