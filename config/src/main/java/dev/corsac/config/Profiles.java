package dev.corsac.config;

import dev.corsac.finding.SettingPath;
import java.util.ArrayList;
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
    ValueReader values = new ValueReader(Map.of(), findings, ConfigReader.KEYS);
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

  ActiveProfile base() {
    return new ActiveProfile(null, base, Set.of());
  }

  List<ActiveProfile> all() {
    List<ActiveProfile> all = new ArrayList<>();
    all.add(base());
    profiles.keySet().forEach(name -> all.add(with(name)));
    return all;
  }

  /** What runs: the profile that {@code CORSAC_ENV} names, else {@code ENV}, else none. */
  ActiveProfile selected(Map<String, String> environment, Findings findings) {
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

  private ActiveProfile with(String name) {
    Yaml.Mapping profile = profiles.get(name);
    if (profile == null) {
      return base();
    }
    Set<Position> own = new HashSet<>();
    collect(profile, own);
    return new ActiveProfile(name, mergeKeys(base, profile).at(SettingPath.ROOT), own);
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
}
