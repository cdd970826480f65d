package dev.corsac;

import dev.corsac.finding.Finding;
import dev.corsac.finding.PolicyRule;
import dev.corsac.finding.SettingPath;
import dev.corsac.path.PathPattern;
import dev.corsac.path.PathReadings;
import dev.corsac.text.Escaped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * A table from paths to values in which the first pattern that matches decides: immutable and
 * thread-safe.
 *
 * <pre>
 * permitted    /api/items   /api/&#42;/public (any one segment)   /api/** (/api and all below)   /**
 * prohibited   api   /api/a*   /a/**&#47;b   /a//b   /a/../b   /a;b   /a%2Fb
 * </pre>
 *
 * <p>A path is looked up in every way that a server behind could read it: decoded or not, with and
 * without {@code ;parameters}, dot segments, empty segments and a host after two slashes, with
 * backslashes for slashes, and in another case. If they lead to different routes the path is
 * ambiguous, so no spelling of one route's path is served under another's rules. {@code *}, the
 * server as a whole, is under {@code /**} alone.
 *
 * <p>Policies by path are {@link CorsRoutes}. This is for whatever else depends on the path beside
 * a policy, such as the upstream of a route: two tables that read paths differently would be a
 * hole.
 *
 * @param <T> what a path leads to
 */
public final class PathRoutes<T> {
  private final List<PathPattern> patterns;
  private final List<T> targets;
  private final List<Finding> findings;
  private final T none;
  private final T ambiguous;
  private final boolean upperCase;

  private PathRoutes(Builder<T> builder) {
    this.patterns = List.copyOf(builder.patterns);
    this.targets = List.copyOf(builder.targets);
    this.findings = List.copyOf(builder.findings);
    this.none = builder.none;
    this.ambiguous = builder.ambiguous;
    this.upperCase = patterns.stream().anyMatch(PathPattern::hasUpperCase);
  }

  /**
   * Starts an empty table.
   *
   * @param <T> what a path leads to
   * @param none what a path leads to that no pattern matches
   * @param ambiguous what a path leads to whose readings fall under different routes, or that is no
   *     path at all
   */
  public static <T> Builder<T> builder(T none, T ambiguous) {
    return new Builder<>(none, ambiguous);
  }

  /**
   * What a path leads to.
   *
   * @param rawPath the path as received, without query, still percent-encoded ({@link
   *     CorsRequest#pathOf} takes it from a request target); anything is taken, nothing throws
   */
  public T find(String rawPath) {
    if (patterns.isEmpty()) {
      return none;
    }
    if (rawPath.equals("*")) {
      // Servers that do not know the asterisk form read it as the path /*.
      T server = findReading("*");
      return server.equals(findReading("/*")) ? server : ambiguous;
    }
    return switch (PathReadings.kind(rawPath)) {
      case PLAIN -> findReading(rawPath);
      case INVALID -> ambiguous;
      case ODD -> {
        T found = findReading(rawPath);
        yield PathReadings.all(rawPath, reading -> found.equals(findReading(reading)))
            ? found
            : ambiguous;
      }
    };
  }

  /** Routes that an earlier one makes unreachable. */
  public List<Finding> findings() {
    return findings;
  }

  void forEach(BiConsumer<String, T> route) {
    for (int i = 0; i < patterns.size(); i++) {
      route.accept(patterns.get(i).toString(), targets.get(i));
    }
  }

  private T findReading(String path) {
    T found = first(path, false);
    if (upperCase || hasOtherCase(path)) {
      return found.equals(first(path, true)) ? found : ambiguous;
    }
    return found;
  }

  private T first(String path, boolean ignoreCase) {
    for (int i = 0; i < patterns.size(); i++) {
      if (patterns.get(i).matches(path, ignoreCase)) {
        return targets.get(i);
      }
    }
    return none;
  }

  /** Upper case, or beyond ASCII, where the Kelvin sign is a K to those that ignore case. */
  private static boolean hasOtherCase(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c >= 'A' && (c <= 'Z' || c >= 0x80)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Collects routes in their order; not thread-safe.
   *
   * @param <T> what a path leads to
   */
  public static final class Builder<T> {
    private final List<PathPattern> patterns = new ArrayList<>();
    private final List<T> targets = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Finding> errors = new ArrayList<>();
    private final T none;
    private final T ambiguous;
    private int added;

    Builder(T none, T ambiguous) {
      this.none = Objects.requireNonNull(none, "none");
      this.ambiguous = Objects.requireNonNull(ambiguous, "ambiguous");
    }

    /**
     * Adds a route after those there are; what is wrong with the pattern is said by {@link #build}.
     */
    public Builder<T> add(String pattern, T target) {
      Objects.requireNonNull(target, "target");
      SettingPath path = SettingPath.of("routes").index(added++).key("path");
      Finding error = PathPattern.check(pattern, path);
      if (error != null) {
        errors.add(error);
        return this;
      }
      PathPattern compiled = PathPattern.of(pattern);
      if (patterns.stream().anyMatch(earlier -> earlier.covers(compiled))) {
        findings.add(
            Finding.of(
                    PolicyRule.ROUTE_UNREACHABLE,
                    path,
                    Escaped.quote(pattern)
                        + " is never reached: an earlier route takes all its paths.",
                    "Move it before that route, or remove it.")
                .about(pattern));
      }
      patterns.add(compiled);
      targets.add(target);
      return this;
    }

    /** What is wrong with the patterns added so far, and routes that are never reached. */
    public List<Finding> findings() {
      return Stream.concat(errors.stream(), findings.stream()).toList();
    }

    /**
     * Builds the table.
     *
     * @throws InvalidPolicyException with every wrong pattern at once
     */
    public PathRoutes<T> build() {
      if (!errors.isEmpty()) {
        throw new InvalidPolicyException(errors);
      }
      return new PathRoutes<>(this);
    }
  }
}
