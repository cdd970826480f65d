package dev.corsac;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The headers of one kind of response under one policy: immutable, complete but for the echoed
 * origin.
 */
final class HeaderBlock {
  static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
  static final String ALLOW_CREDENTIALS = "Access-Control-Allow-Credentials";
  static final String ALLOW_METHODS = "Access-Control-Allow-Methods";
  static final String ALLOW_HEADERS = "Access-Control-Allow-Headers";
  static final String EXPOSE_HEADERS = "Access-Control-Expose-Headers";
  static final String MAX_AGE = "Access-Control-Max-Age";
  static final String DECISION = "Corsac-Decision";

  /**
   * Every CORS response header there is or was: a response under a policy carries the policy's and
   * no other.
   */
  private static final List<String> OWNED =
      List.of(
          ALLOW_ORIGIN,
          ALLOW_CREDENTIALS,
          ALLOW_METHODS,
          ALLOW_HEADERS,
          EXPOSE_HEADERS,
          MAX_AGE,
          "Access-Control-Allow-Private-Network",
          "Access-Control-Allow-External",
          DECISION);

  /** Leaves a response as it is. */
  static final HeaderBlock UNTOUCHED = new HeaderBlock(true, false, false, new @Nullable String[0]);

  /** Carries no CORS header. */
  static final HeaderBlock NONE =
      new HeaderBlock(false, false, false, new @Nullable String[OWNED.size()]);

  private final boolean untouched;
  private final boolean echoOrigin;
  private final boolean varyByOrigin;
  private final @Nullable String[] values;

  private HeaderBlock(
      boolean untouched, boolean echoOrigin, boolean varyByOrigin, @Nullable String[] values) {
    this.untouched = untouched;
    this.echoOrigin = echoOrigin;
    this.varyByOrigin = varyByOrigin;
    this.values = values;
  }

  HeaderBlock withEchoedOrigin() {
    return new HeaderBlock(untouched, true, varyByOrigin, values);
  }

  HeaderBlock withVaryByOrigin() {
    return new HeaderBlock(untouched, echoOrigin, true, values);
  }

  /** A copy with a header, or without it where the value is null. */
  HeaderBlock with(String name, @Nullable String value) {
    if (untouched) {
      return this;
    }
    @Nullable String[] changed = values.clone();
    changed[OWNED.indexOf(name)] = value;
    return new HeaderBlock(untouched, echoOrigin, varyByOrigin, changed);
  }

  void applyTo(@Nullable String origin, CorsResponse response) {
    for (int i = 0; i < values.length; i++) {
      String value = i == 0 && echoOrigin ? origin : values[i];
      if (value == null) {
        response.removeHeader(OWNED.get(i));
      } else {
        response.setHeader(OWNED.get(i), value);
      }
    }
    if (varyByOrigin && !variesByOrigin(response.headers("Vary"))) {
      response.addHeader("Vary", "Origin");
    }
  }

  private static boolean variesByOrigin(List<String> lines) {
    for (String line : lines) {
      for (String element : line.split(",", -1)) {
        String name = element.strip();
        if (name.equals("*") || name.equalsIgnoreCase("Origin")) {
          return true;
        }
      }
    }
    return false;
  }
}
