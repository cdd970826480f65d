package dev.corsac;

import dev.corsac.origin.OriginSet;
import dev.corsac.text.Escaped;
import dev.corsac.text.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A policy as it was written: filled by the builder, copied into the policy, and not changed there.
 */
final class PolicySettings {
  static final long DEFAULT_MAX_AGE = 600;
  private static final int MAX_METHOD_LENGTH = 64;
  private static final int MAX_PRINTED_ORIGINS = 100;

  private static final List<String> SAFELISTED_METHODS = List.of("GET", "HEAD", "POST");
  private static final List<String> COMMON_METHODS =
      List.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");
  private static final List<String> SAFELISTED_HEADERS =
      List.of("Accept", "Accept-Language", "Content-Language", "Content-Type");

  final List<String> origins = new ArrayList<>();
  final List<OriginSource> sources = new ArrayList<>();
  final List<String> methods = new ArrayList<>();
  final List<String> headers = new ArrayList<>();
  final List<String> exposed = new ArrayList<>();
  final List<String> trusted = new ArrayList<>();
  final List<String> hosts = new ArrayList<>();
  final Set<Risk> risks = EnumSet.noneOf(Risk.class);
  boolean credentials;
  @Nullable Duration maxAge;
  Enforcement enforcement = Enforcement.OFF;
  Enforcement enforceReport = Enforcement.OFF;
  int preflightStatus = 200;
  boolean explain;

  /** A copy whose origins are the compiled ones and those that are not compiled. */
  PolicySettings copy(OriginSet compiled) {
    List<String> all = new ArrayList<>(compiled.toList());
    origins.stream().filter(PolicySettings::isSpecial).forEach(all::add);
    return copyWithOrigins(all);
  }

  /**
   * A copy without the origins that an {@link OriginSet} holds, which would double their weight.
   */
  PolicySettings copyOfCompiled() {
    return copyWithOrigins(origins.stream().filter(PolicySettings::isSpecial).distinct().toList());
  }

  private PolicySettings copyWithOrigins(Collection<String> replacement) {
    PolicySettings copy = new PolicySettings();
    copy.origins.addAll(replacement);
    copy.sources.addAll(sources);
    copy.methods.addAll(methods);
    copy.headers.addAll(headers);
    copy.exposed.addAll(exposed);
    copy.risks.addAll(risks);
    copy.credentials = credentials;
    copy.maxAge = maxAge;
    copy.trusted.addAll(trusted);
    copy.hosts.addAll(hosts);
    copy.enforcement = enforcement;
    copy.enforceReport = enforceReport;
    copy.preflightStatus = preflightStatus;
    copy.explain = explain;
    return copy;
  }

  /** Entries that stand for no tuple origin. */
  static boolean isSpecial(String origin) {
    return origin.equals("*") || isNullOrigin(origin);
  }

  /** {@code null}, also by the name of the pages that people mean by it. */
  static boolean isNullOrigin(String origin) {
    return origin.equals("null") || origin.equals("file:") || origin.equals("file://");
  }

  boolean anyOrigin() {
    return origins.contains("*");
  }

  boolean nullOrigin() {
    return risks.contains(Risk.NULL_ORIGIN)
        && origins.stream().anyMatch(PolicySettings::isNullOrigin);
  }

  /** Whether nothing asks who may act. */
  boolean actingIsFree() {
    return enforcement == Enforcement.OFF && enforceReport == Enforcement.OFF;
  }

  /** Whether pages of the origin null may act. */
  boolean trustsNull() {
    return risks.contains(Risk.NULL_ORIGIN)
        && trusted.stream().anyMatch(PolicySettings::isNullOrigin);
  }

  /** Whether {@code file://} is allowed, which some web views send where browsers send null. */
  boolean fileOrigin() {
    return risks.contains(Risk.NULL_ORIGIN)
        && (origins.contains("file://") || origins.contains("file:"));
  }

  boolean anyMethod() {
    return methods.contains("*");
  }

  boolean anyHeader() {
    return headers.contains("*");
  }

  long maxAgeSeconds() {
    return maxAge == null ? DEFAULT_MAX_AGE : maxAge.toSeconds();
  }

  /** The methods to list: those that always pass first; for any method the seven common ones. */
  List<String> allMethods() {
    return union(anyMethod() ? COMMON_METHODS : SAFELISTED_METHODS, methods, false);
  }

  /** The headers to list: those that always pass first. */
  List<String> allHeaders() {
    return union(SAFELISTED_HEADERS, headers, true);
  }

  static @Nullable String join(Collection<String> names) {
    return names.isEmpty() ? null : String.join(", ", names);
  }

  /**
   * Whether {@code *} covers a method: a token that a page could send and that is worth echoing.
   */
  static boolean isOrdinaryMethod(String method) {
    return method.length() <= MAX_METHOD_LENGTH
        && Token.isToken(method)
        && !isForbiddenMethod(method);
  }

  /** Fetch section 2.2.1, forbidden method. */
  static boolean isForbiddenMethod(String method) {
    return method.equalsIgnoreCase("CONNECT")
        || method.equalsIgnoreCase("TRACE")
        || method.equalsIgnoreCase("TRACK");
  }

  private static List<String> union(List<String> first, List<String> second, boolean ignoreCase) {
    Map<String, String> union = new LinkedHashMap<>();
    for (List<String> names : List.of(first, second)) {
      for (String name : names) {
        if (!name.equals("*")) {
          union.putIfAbsent(ignoreCase ? name.toLowerCase(Locale.ROOT) : name, name);
        }
      }
    }
    return List.copyOf(union.values());
  }

  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    int shown = Math.min(MAX_PRINTED_ORIGINS, origins.size());
    addList(lines, "allow_origins", origins.subList(0, shown));
    if (shown < origins.size()) {
      lines.add("# and " + (origins.size() - shown) + " origins more");
    }
    addList(lines, "allow_methods", methods);
    addList(lines, "allow_headers", headers);
    addList(lines, "expose_headers", exposed);
    if (credentials) {
      lines.add("allow_credentials: true");
    }
    if (maxAge != null) {
      lines.add("max_age: " + maxAge.toSeconds());
    }
    if (enforcement != Enforcement.OFF) {
      lines.add("enforce: " + enforcement.key());
    }
    if (enforceReport != Enforcement.OFF) {
      lines.add("enforce_report: " + enforceReport.key());
    }
    addList(lines, "trusted_origins", trusted);
    if (preflightStatus != 200) {
      lines.add("preflight_status: " + preflightStatus);
    }
    if (explain) {
      lines.add("explain: true");
    }
    addList(lines, "dangerously_allow", risks.stream().map(Risk::key).toList());
    return lines.isEmpty() ? "{}" : String.join("\n", lines);
  }

  private static void addList(List<String> lines, String key, List<String> values) {
    if (!values.isEmpty()) {
      lines.add(yamlList(key, values));
    }
  }

  static String yamlList(String key, List<String> values) {
    return values.stream()
        .map(Escaped::literal)
        .collect(Collectors.joining(", ", key + ": [", "]"));
  }
}
