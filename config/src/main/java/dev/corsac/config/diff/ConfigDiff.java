package dev.corsac.config.diff;

import dev.corsac.config.CorsacConfig;
import java.util.List;

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

  /** Compares two configurations. */
  public static ConfigDiff of(CorsacConfig before, CorsacConfig after) {
    return new Comparison(before, after).compare();
  }

  /** Whether nothing differs, and everything could be compared. */
  public boolean same() {
    return parts.isEmpty() && unproven.isEmpty();
  }
}
