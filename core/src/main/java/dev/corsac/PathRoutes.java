package dev.corsac;

/**
 * A table from path patterns to values, first match wins: {@code /exact}, {@code /a/*}, {@code
 * /a/**}. Immutable.
 *
 * @param <T> what a path leads to
 */
public final class PathRoutes<T> {
  private PathRoutes() {}

  /**
   * none: what no pattern matches; ambiguous: what a path gets whose readings fall under different
   * routes.
   */
  public static <T> Builder<T> builder(T none, T ambiguous) {
    return new Builder<>();
  }

  /** Never null, never throws, whatever the raw path. */
  public T find(String rawPath) {
    throw new IllegalStateException(rawPath);
  }

  /** Collects. @param <T> what a path leads to */
  public static final class Builder<T> {
    /**
     * @throws IllegalArgumentException if the pattern breaks Rule.ROUTE_PATH, naming value, rule
     *     and fix
     */
    public Builder<T> add(String pattern, T target) {
      return this;
    }

    public PathRoutes<T> build() {
      return new PathRoutes<>();
    }
  }
}
