package dev.corsac.config.diff;

import dev.corsac.CorsPolicy;
import dev.corsac.CorsRequest;
import dev.corsac.OriginSource;
import dev.corsac.Reason;
import dev.corsac.Risk;
import dev.corsac.config.origins.DeclaredOrigins;
import dev.corsac.config.regex.OriginLanguage;
import dev.corsac.config.regex.RegexOrigins;
import dk.brics.automaton.Automaton;
import dk.brics.automaton.BasicAutomata;
import dk.brics.automaton.BasicOperations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The origins that any of some policies allows: asked of the policies for one origin, and computed
 * from what is written for all of them.
 */
final class OriginUnion {
  /** What {@code "*"} and nothing else allows: a value that is no origin. */
  private static final String NO_ORIGIN = "x";

  private final List<CorsPolicy> policies;
  private final Set<String> single = new LinkedHashSet<>();
  private final Set<String> patterns = new LinkedHashSet<>();
  private final Map<String, RegexOrigins> regexes = new LinkedHashMap<>();
  private final Set<String> unknown = new TreeSet<>();
  private final boolean any;
  private final Map<String, Automaton> languages = new HashMap<>();

  OriginUnion(List<CorsPolicy> policies) {
    this.policies = policies;
    for (CorsPolicy policy : policies) {
      policy.allowedOrigins().forEach(this::add);
      policy.originSources().forEach(this::add);
    }
    this.any = single.remove("*");
  }

  /** Those that may read; none without a policy. */
  static OriginUnion readers(Optional<CorsPolicy> policy) {
    return new OriginUnion(policy.stream().toList());
  }

  /** Those whose pages may make requests with the user's credentials where that is enforced. */
  static OriginUnion actors(CorsPolicy policy) {
    List<CorsPolicy> both = new ArrayList<>();
    both.add(trusted(policy));
    if (policy.allowsCredentials()) {
      both.add(policy);
    }
    return new OriginUnion(both);
  }

  static OriginUnion trustedBy(CorsPolicy policy) {
    return new OriginUnion(List.of(trusted(policy)));
  }

  private static CorsPolicy trusted(CorsPolicy policy) {
    return CorsPolicy.builder()
        .allowOrigins(policy.trustedOrigins())
        .dangerouslyAllow(Risk.values())
        .build();
  }

  private void add(String entry) {
    switch (entry) {
      case "null", "*" -> single.add(entry);
      case "file:", "file://" -> single.addAll(List.of("null", "file://"));
      default -> (OriginLanguages.isPattern(entry) ? patterns : single).add(entry);
    }
  }

  private void add(OriginSource source) {
    if (source instanceof RegexOrigins regex) {
      regexes.put(regex.toString(), regex);
      OriginLanguages.ofRegex(regex)
          .ifPresentOrElse(
              language -> languages.put(regex.toString(), language),
              () -> unknown.add(regex.toString()));
    } else if (source instanceof DeclaredOrigins declared && declared.listed().isPresent()) {
      declared.listed().get().entries().forEach(this::add);
    } else {
      unknown.add(source.toString());
    }
  }

  /** The sources and expressions of which it is not known what they allow. */
  Set<String> unknown() {
    return unknown;
  }

  boolean contains(String origin) {
    CorsRequest request =
        CorsRequest.of(
            "GET", "/", name -> name.equals("Origin") ? List.of(origin) : List.<String>of());
    return policies.stream()
        .anyMatch(policy -> policy.decide(request).reason() == Reason.ORIGIN_ALLOWED);
  }

  /**
   * An entry with an origin of it.
   *
   * @param partly whether a part of the entry was left out of account
   */
  record Item(String value, String origin, boolean partly) {}

  /**
   * What is here and not in another: each entry that has an origin which the other has not.
   *
   * @param unproven takes what could not be compared
   */
  List<Item> minus(OriginUnion other, Set<String> unproven) {
    List<Item> items = new ArrayList<>();
    if (other.any) {
      return items;
    }
    if (any) {
      String outside = other.outsider();
      items.add(new Item("any other origin", outside, false));
      return items;
    }
    for (String each : single) {
      if (!other.contains(each)) {
        items.add(new Item(each, each, false));
      }
    }
    for (String pattern : patterns) {
      if (!other.patterns.contains(pattern)) {
        add(items, pattern, OriginLanguages.samples(pattern), other, unproven);
      }
    }
    for (String regex : regexes.keySet()) {
      if (!other.regexes.containsKey(regex)) {
        add(items, regex, List.of(), other, unproven);
      }
    }
    unknown.stream()
        .filter(each -> !other.unknown.contains(each))
        .forEach(each -> unproven.add("the origins of " + each));
    return items;
  }

  private void add(
      List<Item> items,
      String entry,
      List<String> samples,
      OriginUnion other,
      Set<String> unproven) {
    Automaton inner = language(entry);
    Optional<String> sample =
        samples.stream().filter(each -> contains(each) && !other.contains(each)).findFirst();
    try {
      if (inner == null) {
        return;
      }
      Automaton outer = other.meeting(entry, inner);
      String outside = sample.isPresent() ? sample.get() : Inclusion.outside(inner, outer);
      if (outside != null && !OriginLanguages.isOrigin(outside)) {
        outside = Inclusion.outside(OriginLanguages.withinLimits(inner), outer);
      }
      if (outside == null) {
        return;
      }
      if (!contains(outside) || other.contains(outside)) {
        unproven.add("the origins of " + entry);
        return;
      }
      boolean partly = !BasicOperations.intersection(inner, outer).isEmpty();
      items.add(new Item(entry, outside, partly));
    } catch (Inclusion.TooLargeException e) {
      unproven.add("the origins of " + entry);
    }
  }

  private @Nullable Automaton language(String entry) {
    return regexes.containsKey(entry)
        ? languages.get(entry)
        : languages.computeIfAbsent(entry, OriginLanguages::ofPattern);
  }

  /** The union of all that could have an origin in common with a language. */
  private Automaton meeting(String entry, Automaton language) {
    String[] within =
        single.stream().filter(language::run).sorted().distinct().toArray(String[]::new);
    List<Automaton> all = new ArrayList<>();
    all.add(BasicAutomata.makeStringUnion(within));
    patterns.stream()
        .filter(
            pattern -> !OriginLanguages.isPattern(entry) || OriginLanguages.mayMeet(pattern, entry))
        .forEach(pattern -> addMeeting(all, language(pattern), language));
    regexes.keySet().forEach(regex -> addMeeting(all, language(regex), language));
    return BasicOperations.union(all);
  }

  private static void addMeeting(List<Automaton> all, @Nullable Automaton one, Automaton language) {
    if (one != null && !BasicOperations.intersection(one, language).isEmpty()) {
      all.add(one);
    }
  }

  /** A value that is not here, though {@code "*"} would allow it. */
  private String outsider() {
    return outsiders().stream().filter(each -> !contains(each)).findFirst().orElse(NO_ORIGIN);
  }

  private static List<String> outsiders() {
    return List.of(
        "https://elsewhere.example",
        "https://other-than-that.example",
        "http://elsewhere.example",
        "app://elsewhere",
        "null");
  }

  /** A value that neither has. */
  static String outsideOf(OriginUnion one, OriginUnion other) {
    return outsiders().stream()
        .filter(each -> !one.contains(each) && !other.contains(each))
        .findFirst()
        .orElse(NO_ORIGIN);
  }

  /** An origin that both have; empty if there is none, or none is known. */
  Optional<String> inCommon(OriginUnion other) {
    Predicate<String> both = each -> contains(each) && other.contains(each);
    List<String> known = new ArrayList<>();
    for (OriginUnion each : Arrays.asList(this, other)) {
      known.addAll(each.single);
      each.patterns.forEach(pattern -> known.addAll(OriginLanguages.samples(pattern)));
    }
    known.addAll(outsiders());
    Optional<String> found = known.stream().filter(both).findFirst();
    return found.isPresent() ? found : computedInCommon(other).filter(both);
  }

  private Optional<String> computedInCommon(OriginUnion other) {
    for (Automaton one : infinite()) {
      for (Automaton another : any || other.any ? List.of(OriginLanguage.ALL) : other.infinite()) {
        Automaton common = BasicOperations.intersection(one, another);
        String shortest = common.getShortestExample(true);
        if (shortest != null && !OriginLanguages.isOrigin(shortest)) {
          shortest = OriginLanguages.withinLimits(common).getShortestExample(true);
        }
        if (shortest != null && OriginLanguages.isOrigin(shortest)) {
          return Optional.of(shortest);
        }
      }
    }
    return any && !other.any ? other.computedInCommon(this) : Optional.empty();
  }

  private List<Automaton> infinite() {
    List<Automaton> all = new ArrayList<>();
    for (String pattern : patterns) {
      addKnown(all, language(pattern));
    }
    for (String regex : regexes.keySet()) {
      addKnown(all, language(regex));
    }
    return all;
  }

  private static void addKnown(List<Automaton> all, @Nullable Automaton one) {
    if (one != null) {
      all.add(one);
    }
  }
}
