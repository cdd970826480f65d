package dev.corsac.config;

import dev.corsac.CheckedPolicy;
import dev.corsac.CorsPolicy;
import dev.corsac.Enforcement;
import dev.corsac.OriginTerms;
import dev.corsac.Risk;
import dev.corsac.finding.Finding;
import dev.corsac.finding.PolicyRule;
import dev.corsac.finding.Rule;
import dev.corsac.finding.SettingPath;
import dev.corsac.finding.Severity;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands below {@code cors:}; its findings are core's, put in their places, and ours.
 */
final class PolicyReader {
  static final List<String> KEYS =
      List.of(
          "allow_origins",
          "allow_origin_regex",
          "allow_origins_from",
          "allow_methods",
          "allow_headers",
          "allow_credentials",
          "expose_headers",
          "max_age",
          "enforce",
          "enforce_report",
          "trusted_origins",
          "preflight_status",
          "explain",
          "dangerously_allow");

  private static final int MANY_METHODS = 7;
  private static final int MANY_HEADERS = 20;

  private final ValueReader values;
  private final Findings findings;
  private final ActiveProfile profile;
  private final OriginsFromReader originsFrom;
  private final Yaml.Mapping mapping;
  private final Place place;
  private final CorsPolicy.Builder builder = CorsPolicy.builder();
  private final Map<SettingPath, Place> places = new HashMap<>();
  private final Set<Risk> usedByRegex = EnumSet.noneOf(Risk.class);

  private PolicyReader(
      Yaml.Mapping mapping,
      Place place,
      ValueReader values,
      Findings findings,
      ActiveProfile profile,
      OriginsFromReader originsFrom) {
    this.mapping = mapping;
    this.place = place;
    this.values = values;
    this.findings = findings;
    this.profile = profile;
    this.originsFrom = originsFrom;
  }

  /**
   * The policy of a key; empty if there is no such key, it is off, or it has an error, which is
   * then among the findings.
   */
  static Optional<CorsPolicy> read(
      Yaml.@Nullable Entry cors,
      ValueReader values,
      Findings findings,
      ActiveProfile profile,
      OriginsFromReader originsFrom) {
    if (cors == null) {
      return Optional.empty();
    }
    if (cors.value() instanceof Yaml.Scalar scalar && scalar.text().equals("off")) {
      return Optional.empty();
    }
    Yaml.Mapping mapping = values.mapping(cors);
    return mapping == null
        ? Optional.empty()
        : new PolicyReader(mapping, cors.key().place(), values, findings, profile, originsFrom)
            .read();
  }

  private Optional<CorsPolicy> read() {
    values.checkKeys(mapping, KEYS, "of a policy");
    ValueReader.Items origins = list("allow_origins", "\"https://example.com\"");
    ValueReader.Items methods = list("allow_methods", "GET");
    ValueReader.Items headers = list("allow_headers", "Authorization");
    ValueReader.Items exposed = list("expose_headers", "X-Total-Count");
    // If it cannot be read, what is dangerous with credentials is worth saying.
    boolean credentials = values.truth(mapping, "allow_credentials", true);
    builder.allowOrigins(origins.texts()).allowMethods(methods.texts());
    builder.allowHeaders(headers.texts()).exposeHeaders(exposed.texts());
    builder.allowCredentials(credentials);
    Long maxAge = values.number(mapping, "max_age", "seconds", "3600");
    if (maxAge != null) {
      builder.maxAge(Duration.ofSeconds(maxAge));
    }
    Long status = values.number(mapping, "preflight_status", "a status from 200 to 299", "204");
    if (status != null) {
      builder.preflightStatus((int) Math.max(-1, Math.min(1000, status)));
    }
    readEnforcement("enforce", builder::enforce);
    readEnforcement("enforce_report", builder::enforceReport);
    builder.trustOrigins(list("trusted_origins", "\"https://example.com\"").texts());
    boolean explain = values.truth(mapping, "explain", false);
    builder.explain(explain);
    if (explain) {
      add(
          SettingPath.of("explain"),
          FileRule.EXPLAIN_PRODUCTION,
          "explain tells every caller why a request was allowed or not.",
          "Move it to the development profile.");
    }
    Set<Risk> risks = readRisks();
    readRegex(credentials, risks);
    originsFrom.read(mapping, terms(credentials, risks)).forEach(builder::allowOriginsFrom);
    if (credentials) {
      checkWidth("allow_methods", methods, MANY_METHODS, "methods");
      checkWidth("allow_headers", headers, MANY_HEADERS, "headers");
    }
    CheckedPolicy checked = builder.check();
    addAllOfCore(checked.findings(), origins.complete());
    return checked.policy();
  }

  /** Core's findings, but for those that follow from another one or from what it cannot see. */
  private void addAllOfCore(List<Finding> all, boolean originsComplete) {
    Set<SettingPath> wrong =
        all.stream()
            .filter(each -> each.severity() == Severity.ERROR)
            .map(Finding::path)
            .collect(Collectors.toSet());
    boolean anyRefused =
        all.stream().anyMatch(each -> each.rule() == PolicyRule.ANY_ORIGIN_CREDENTIALS);
    for (Finding finding : all) {
      boolean follows =
          finding.rule() instanceof PolicyRule rule
              && switch (rule) {
                case NO_ORIGIN_ALLOWED ->
                    !originsComplete
                        || mapping.get("allow_origin_regex") != null
                        || mapping.get(OriginsFromReader.KEY) != null;
                case ORIGIN_REDUNDANT -> anyRefused || wrong.contains(finding.path());
                case RISK_UNUSED ->
                    usedByRegex.stream()
                        .anyMatch(risk -> finding.subject().equals(Optional.of(risk.key())));
                default -> false;
              };
      if (!follows) {
        add(finding);
      }
    }
  }

  private ValueReader.Items list(String key, String example) {
    Yaml.Entry entry = mapping.get(key);
    if (entry == null) {
      return new ValueReader.Items(List.of(), true);
    }
    ValueReader.Items items = values.list(mapping, key, example);
    SettingPath path = SettingPath.of(key);
    places.put(path, placeOf(entry));
    if (items == null) {
      return new ValueReader.Items(List.of(), false);
    }
    for (int i = 0; i < items.items().size(); i++) {
      places.put(path.index(i), items.items().get(i).place());
    }
    return items;
  }

  private void readEnforcement(String key, Consumer<Enforcement> enforce) {
    ValueReader.Item item = values.text(mapping, key, "unsafe");
    if (item == null) {
      return;
    }
    for (Enforcement enforcement : Enforcement.values()) {
      if (enforcement.key().equals(item.text())) {
        enforce.accept(enforcement);
        return;
      }
    }
    values.wrong(
        item,
        Escaped.quote(item.text()) + " is not a way to enforce.",
        "Write off, unsafe or all.");
  }

  private Set<Risk> readRisks() {
    Set<Risk> risks = EnumSet.noneOf(Risk.class);
    List<String> known = Arrays.stream(Risk.values()).map(Risk::key).toList();
    for (ValueReader.Item item : list("dangerously_allow", "insecure_origins").items()) {
      Optional<Risk> named =
          Arrays.stream(Risk.values()).filter(risk -> risk.key().equals(item.text())).findAny();
      named.ifPresent(risks::add);
      if (named.isEmpty()) {
        values.wrong(
            item,
            Escaped.quote(item.text()) + " is not a danger that can be accepted.",
            Suggestion.nearest(item.text(), known)
                .map(meant -> "Write " + meant + ".")
                .orElse("The dangers are " + String.join(", ", known) + "."));
      }
    }
    builder.dangerouslyAllow(risks.toArray(Risk[]::new));
    return risks;
  }

  private void readRegex(boolean credentials, Set<Risk> risks) {
    ValueReader.Item item =
        values.text(mapping, "allow_origin_regex", "'https://pr-[0-9]+\\.example\\.com'");
    if (item == null) {
      return;
    }
    OriginRegex regex = OriginRegex.compile(item.text(), credentials, risks);
    for (Finding finding : regex.findings()) {
      if (profile.reports(finding.rule())) {
        findings.add(item.place(), finding);
      }
    }
    usedByRegex.addAll(regex.risks());
    regex.source().ifPresent(builder::allowOriginsFrom);
  }

  private static OriginTerms terms(boolean credentials, Set<Risk> risks) {
    OriginTerms terms = OriginTerms.strict().dangerouslyAllow(risks.toArray(Risk[]::new));
    return credentials ? terms : terms.withoutCredentials();
  }

  private void checkWidth(String key, ValueReader.Items items, int many, String what) {
    if (items.items().size() > many) {
      add(
          SettingPath.of(key),
          FileRule.WIDE_CREDENTIALS,
          items.items().size() + " " + what + " are allowed with the user's cookies.",
          "List those that pages need.");
    }
  }

  private void add(SettingPath path, Rule rule, String message, String fix) {
    add(Finding.of(rule, path, message, fix));
  }

  private void add(Finding finding) {
    if (profile.reports(finding.rule())) {
      findings.add(placeOf(finding.path()), finding);
    }
  }

  /** What a path of core leads to; the policy itself if that is nothing that was written. */
  private Place placeOf(SettingPath path) {
    Place known = places.get(path);
    if (known != null) {
      return known;
    }
    for (Yaml.Entry entry : mapping.entries()) {
      if (path.equals(SettingPath.of(entry.key().text()))) {
        return placeOf(entry);
      }
    }
    return place;
  }

  private static Place placeOf(Yaml.Entry entry) {
    return (entry.value() instanceof Yaml.Scalar ? entry.value() : entry.key()).place();
  }
}
