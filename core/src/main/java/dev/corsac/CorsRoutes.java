package dev.corsac;

/** Policies by path: the first route whose pattern matches decides; none: {@link Cors#off()}. */
public final class CorsRoutes implements Cors {
  private CorsRoutes() {}

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Decision decide(CorsRequest request) {
    throw new IllegalStateException();
  }

  /** Collects. */
  public static final class Builder {
    public Builder route(String pattern, Cors cors) {
      return this;
    }

    public CorsRoutes build() {
      return new CorsRoutes();
    }
  }
}
