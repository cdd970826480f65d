package dev.corsac.spring;

import dev.corsac.finding.Finding;
import dev.corsac.finding.SettingPath;
import dev.corsac.finding.Spelling;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;

/** The names below {@code corsac}: which there are, and how they are written in corsac.yaml. */
final class PropertyNames {
  /** The keys of a policy that have lists. */
  static final List<String> LISTS =
      List.of(
          "allow-origins",
          "allow-methods",
          "allow-headers",
          "expose-headers",
          "trusted-origins",
          "dangerously-allow");

  /** The keys of a policy that have one value. */
  static final List<String> VALUES =
      List.of(
          "allow-origin-regex",
          "allow-credentials",
          "max-age",
          "enforce",
          "enforce-report",
          "preflight-status",
          "explain");

  /** The keys of a policy that have keys of their own, which the reader of corsac.yaml judges. */
  static final List<String> GROUPS = List.of("allow-origins-from");

  private static final Map<String, String> FILE_SPELLING =
      Stream.of(LISTS, VALUES, GROUPS)
          .flatMap(List::stream)
          .filter(key -> key.contains("-"))
          .collect(Collectors.toMap(PropertyNames::inFile, Function.identity()));

  private static final SettingPath ROOT = SettingPath.of("corsac");

  /** As Spring's files have it: {@code allow-origins} and <code>${NAME:default}</code>. */
  private static final Spelling SPRING =
      new Spelling() {
        @Override
        public String key(String name) {
          return FILE_SPELLING.getOrDefault(name, name);
        }

        @Override
        public String variable(String name, String fallback) {
          return "${" + name + ":" + fallback + "}";
        }
      };

  /**
   * What may stand below a name.
   *
   * @param lists keys with lists
   * @param values keys with one value
   * @param groups keys with keys of their own
   */
  record Known(List<String> lists, List<String> values, List<String> groups) {
    private boolean permits(ConfigurationPropertyName name, int at) {
      boolean last = name.getNumberOfElements() == at + 1;
      boolean item = name.getNumberOfElements() == at + 2 && name.isNumericIndex(at + 1);
      return contains(groups, name, at)
          || (last && contains(values, name, at))
          || ((last || item) && contains(lists, name, at));
    }

    private boolean contains(ConfigurationPropertyName name, int at) {
      return contains(lists, name, at) || contains(values, name, at);
    }

    private static boolean contains(List<String> keys, ConfigurationPropertyName name, int at) {
      String uniform = name.getElement(at, Form.UNIFORM);
      return keys.stream().anyMatch(key -> key.replace("-", "").equals(uniform));
    }
  }

  private PropertyNames() {}

  /**
   * The keys below a name that have no meaning; those of the process's environment apart, which
   * belongs to everyone.
   */
  static Set<String> unknown(
      ConfigurationPropertyName below,
      Known known,
      Collection<? extends IterableConfigurationPropertySource> sources) {
    int at = below.getNumberOfElements();
    Set<String> unknown = new LinkedHashSet<>();
    UnboundElementsSourceFilter own = new UnboundElementsSourceFilter();
    sources.stream()
        .filter(own::apply)
        .flatMap(IterableConfigurationPropertySource::stream)
        .filter(name -> below.isAncestorOf(name) && !known.permits(name, at))
        .forEach(
            name -> {
              String key = name.getElement(at, Form.ORIGINAL);
              boolean deeper = known.contains(name, at);
              unknown.add(deeper ? key + "." + name.getElement(at + 1, Form.ORIGINAL) : key);
            });
    return unknown;
  }

  /**
   * Whether every property below {@code name} is a list element ({@code name[0]}, {@code name[1]},
   * ...).
   */
  static boolean isList(
      ConfigurationPropertyName name, IterableConfigurationPropertySource source) {
    int at = name.getNumberOfElements();
    return source.stream().filter(name::isAncestorOf).allMatch(below -> below.isNumericIndex(at));
  }

  /** How many entries a list has, gaps included. */
  static int size(ConfigurationPropertyName list, IterableConfigurationPropertySource source) {
    int at = list.getNumberOfElements();
    return source.stream()
        .filter(name -> list.isAncestorOf(name) && name.isNumericIndex(at))
        .mapToInt(name -> Integer.parseInt(name.getElement(at, Form.UNIFORM)) + 1)
        .max()
        .orElse(0);
  }

  static String inFile(String key) {
    return key.replace('-', '_');
  }

  /** A finding of the reader of corsac.yaml, at its property and in the words of Spring's files. */
  static Finding inSpring(Finding finding) {
    return finding.at(finding.path().below(ROOT)).in(SPRING);
  }

  /** The property that a finding is about; empty if it is about something else. */
  static Optional<ConfigurationPropertyName> of(Finding finding) {
    List<SettingPath.Step> steps = finding.path().steps();
    if (steps.isEmpty() || !steps.get(0).equals(ROOT.steps().get(0))) {
      return Optional.empty();
    }
    ConfigurationPropertyName name = ConfigurationPropertyName.EMPTY;
    for (SettingPath.Step step : steps) {
      name =
          step instanceof SettingPath.Key key
              ? name.append(ConfigurationPropertyName.adapt(SPRING.key(key.name()), '.'))
              : name.append("[" + ((SettingPath.Index) step).number() + "]");
    }
    return Optional.of(name);
  }
}
