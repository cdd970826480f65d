package dev.corsac;

/** The {@link Cors} of paths without a policy. */
enum NoPolicy implements Cors {
  OFF;

  @Override
  public Decision decide(CorsRequest request) {
    return Ruling.NO_POLICY.on(null);
  }

  @Override
  public String toString() {
    return "off";
  }
}
