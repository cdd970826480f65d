package dev.corsac.config;

import dev.corsac.PolicyRule;
import dev.corsac.finding.Finding;
import dev.corsac.finding.Rule;
import dev.corsac.finding.SettingPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The profiles of a file, and what the file says with one of them or with none. */
final class Profiles {
  private static final String KEY = "profiles";

  private static final Set<String> DEVELOPMENT =
      Set.of("development", "dev", "local", "localhost", "test", "testing");

  /** Names of environments in which a file without such a profile means its base. */
  private static final Set<String> COMMON_NAMES =
      Set.of(
          "production",
          "prod",
          "staging",
          "stage",
          "development",
          "dev",
          "local",
          "test",
          "testing",
          "default");

  /** What only matters where strangers can reach the server. */
  private static final Set<Rule> ABOUT_PRODUCTION =
      Set.of(
          PolicyRule.ANY_ORIGIN,
          PolicyRule.LOOPBACK_ORIGIN,
          PolicyRule.INSECURE_ORIGIN,
          PolicyRule.PRIVATE_ADDRESS,
          PolicyRule.MAX_AGE_SHORT,
          FileRule.EXPLAIN_PRODUCTION);

  private final Yaml.Mapping base;
  private final Yaml.@Nullable Entry entry;
  private final Map<String, Yaml.Mapping> profiles = new LinkedHashMap<>();

  Profiles(Yaml.Mapping file, Findings findings) {
    this.entry = file.get(KEY);
    this.base =
        new Yaml.Mapping(
            file.entries().stream().filter(each -> !each.key().text().equals(KEY)).toList(),
            file.place());
    if (entry == null) {
      return;
    }
    Values values = new Values(Map.of(), findings, ConfigReader.KEYS);
    Yaml.Mapping all = values.mapping(entry);
    if (all == null) {
      return;
    }
    for (Yaml.Entry each : all.entries()) {
      Yaml.Mapping profile = values.mapping(each);
      if (profile != null) {
        profiles.put(each.key().text(), profile);
      }
    }
  }

  /** A reading without a file of its own, where any of several profiles are active. */
  static Reading of(Yaml.Mapping settings, Collection<String> active) {
    String development = active.stream().filter(DEVELOPMENT::contains).findFirst().orElse(null);
    return new Reading(development, settings, Set.of());
  }

  Reading base() {
    return new Reading(null, base, Set.of());
  }

  List<Reading> all() {
    List<Reading> all = new ArrayList<>();
    all.add(base());
    profiles.keySet().forEach(name -> all.add(with(name)));
    return all;
  }

  /** What runs: the profile that {@code CORSAC_ENV} names, else {@code ENV}, else none. */
  Reading selected(Map<String, String> environment, Findings findings) {
    String own = environment.getOrDefault("CORSAC_ENV", "");
    String name = own.isEmpty() ? environment.getOrDefault("ENV", "") : own;
    if (profiles.containsKey(name)) {
      return with(name);
    }
    if (entry != null && !profiles.isEmpty() && !name.isEmpty() && !COMMON_NAMES.contains(name)) {
      // ENV belongs to everyone, so a name there that is like none of ours was not meant for us.
      Optional<String> meant = Suggestion.nearest(name, profiles.keySet());
      if (meant.isPresent() || !own.isEmpty()) {
        String variable = own.isEmpty() ? "ENV" : "CORSAC_ENV";
        findings.add(
            entry.key().place(),
            FileRule.UNKNOWN_PROFILE,
            variable + " asks for a profile that is not here.",
            meant
                    .map(profile -> "Did you mean " + profile + "? Set " + variable + "=" + profile)
                    .orElse("Set it to one of " + String.join(", ", profiles.keySet()))
                + ", or add the profile.");
      }
    }
    return base();
  }

  private Reading with(String name) {
    Yaml.Mapping profile = profiles.get(name);
    if (profile == null) {
      return base();
    }
    Set<Position> own = new HashSet<>();
    collect(profile, own);
    return new Reading(name, mergeKeys(base, profile).at(SettingPath.ROOT), own);
  }

  private static void collect(Yaml node, Set<Position> positions) {
    positions.add(node.place().position());
    if (node instanceof Yaml.Mapping mapping) {
      for (Yaml.Entry each : mapping.entries()) {
        positions.add(each.key().place().position());
        collect(each.value(), positions);
      }
    } else if (node instanceof Yaml.Sequence sequence) {
      sequence.items().forEach(item -> collect(item, positions));
    }
  }

  /** Mappings are merged key by key; of everything else the second replaces the first. */
  private static Yaml merge(Yaml under, Yaml over) {
    return under instanceof Yaml.Mapping first && over instanceof Yaml.Mapping second
        ? mergeKeys(first, second)
        : over;
  }

  private static Yaml.Mapping mergeKeys(Yaml.Mapping first, Yaml.Mapping second) {
    Map<String, Yaml.Entry> merged = new LinkedHashMap<>();
    first.entries().forEach(each -> merged.put(each.key().text(), each));
    for (Yaml.Entry each : second.entries()) {
      merged.merge(
          each.key().text(),
          each,
          (old, now) -> new Yaml.Entry(now.key(), merge(old.value(), now.value())));
    }
    return new Yaml.Mapping(List.copyOf(merged.values()), second.place());
  }

  /**
   * What a file says with a profile, or with none.
   *
   * @param profile its name, null for none
   * @param file the file's mapping, merged
   * @param own where the profile's own lines are
   */
  record Reading(@Nullable String profile, Yaml.Mapping file, Set<Position> own) {
    boolean minds(Rule rule) {
      return profile == null || !DEVELOPMENT.contains(profile) || !ABOUT_PRODUCTION.contains(rule);
    }

    /** The finding, with the profile's name if the place alone does not tell it. */
    Finding told(Position position, Finding finding) {
      return profile == null || own.contains(position)
          ? finding
          : finding.introducedBy("In the profile " + Text.quote(profile) + ": ");
    }
  }
}
