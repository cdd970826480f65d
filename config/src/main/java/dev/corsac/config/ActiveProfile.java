package dev.corsac.config;

import dev.corsac.finding.Finding;
import dev.corsac.finding.PolicyRule;
import dev.corsac.finding.Rule;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a file says with a profile, or with none.
 *
 * @param name of the profile, null for none
 * @param file the file's mapping, merged with the profile's
 * @param own where the profile's own lines are
 */
record ActiveProfile(@Nullable String name, Yaml.Mapping file, Set<Position> own) {
  private static final Set<String> DEVELOPMENT =
      Set.of("development", "dev", "local", "localhost", "test", "testing");

  /** What only matters where strangers can reach the server. */
  private static final Set<Rule> ABOUT_PRODUCTION =
      Set.of(
          PolicyRule.ANY_ORIGIN,
          PolicyRule.LOOPBACK_ORIGIN,
          PolicyRule.INSECURE_ORIGIN,
          PolicyRule.PRIVATE_ADDRESS,
          PolicyRule.MAX_AGE_SHORT,
          FileRule.EXPLAIN_PRODUCTION);

  /** Of settings that stand in no file, where several profiles may be active at once. */
  static ActiveProfile of(Yaml.Mapping settings, Collection<String> active) {
    String development = active.stream().filter(DEVELOPMENT::contains).findFirst().orElse(null);
    return new ActiveProfile(development, settings, Set.of());
  }

  boolean reports(Rule rule) {
    return name == null || !DEVELOPMENT.contains(name) || !ABOUT_PRODUCTION.contains(rule);
  }

  /** The finding, with the profile's name if the position alone does not tell it. */
  Finding naming(Position position, Finding finding) {
    return name == null || own.contains(position)
        ? finding
        : finding.introducedBy("In the profile " + Escaped.quote(name) + ": ");
  }
}
