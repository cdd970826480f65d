package dev.corsac;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The headers of one kind of response under one policy, computed when the policy is built; all but
 * the echoed origin.
 */
abstract class HeaderBlock {
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
  private static final String[] OWNED = {
    ALLOW_ORIGIN,
    ALLOW_CREDENTIALS,
    ALLOW_METHODS,
    ALLOW_HEADERS,
    EXPOSE_HEADERS,
    MAX_AGE,
    "Access-Control-Allow-Private-Network",
    "Access-Control-Allow-External",
    DECISION
  };

  static final Set<String> OWNED_LOWER_CASE = lowerCase(OWNED);

  private final Reason reason;
  private final boolean untouched;
  private final boolean echoOrigin;
  private final boolean varyByOrigin;
  private final @Nullable String[] values;
  private final @Nullable CorsPolicy policy;

  HeaderBlock(Reason reason, Builder builder) {
    this.reason = reason;
    this.untouched = builder.untouched;
    this.echoOrigin = builder.echoOrigin;
    this.varyByOrigin = builder.varyByOrigin;
    this.policy = builder.policy;
    this.values = builder.values.clone();
  }

  /** Why it was decided so. */
  public final Reason reason() {
    return reason;
  }

  /** See {@link Decision#applyTo}. */
  public final void applyTo(@Nullable String origin, CorsResponse response) {
    if (untouched) {
      return;
    }
    for (int i = 0; i < OWNED.length; i++) {
      String value = i == 0 && echoOrigin ? origin : values[i];
      if (value == null) {
        response.removeHeader(OWNED[i]);
      } else {
        response.setHeader(OWNED[i], value);
      }
    }
    if (varyByOrigin && !variesByOrigin(response.headers("Vary"))) {
      response.addHeader("Vary", "Origin");
    }
  }

  /** See {@link Decision#describe}. */
  public final String describe(CorsRequest request) {
    return Explanation.of(reason, policy, request);
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[" + reason.id() + "]";
  }

  private static boolean variesByOrigin(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      for (String name : lines.get(i).split(",", -1)) {
        String trimmed = name.trim();
        if (trimmed.equals("*") || trimmed.equalsIgnoreCase("Origin")) {
          return true;
        }
      }
    }
    return false;
  }

  private static Set<String> lowerCase(String[] names) {
    String[] lower = new String[names.length];
    for (int i = 0; i < names.length; i++) {
      lower[i] = names[i].toLowerCase(Locale.ROOT);
    }
    return Set.of(lower);
  }

  /**
   * Collects a block; each {@code with} gives a changed copy, so blocks of one policy can share a
   * start.
   */
  static final class Builder {
    static final Builder UNTOUCHED = new Builder(null, true);

    private final @Nullable CorsPolicy policy;
    private final boolean untouched;
    private @Nullable String[] values = new @Nullable String[OWNED.length];
    private boolean echoOrigin;
    private boolean varyByOrigin;

    private Builder(@Nullable CorsPolicy policy, boolean untouched) {
      this.policy = policy;
      this.untouched = untouched;
    }

    static Builder of(@Nullable CorsPolicy policy) {
      return new Builder(policy, false);
    }

    Builder echoOrigin() {
      Builder copy = copy();
      copy.echoOrigin = true;
      return copy;
    }

    Builder varyByOrigin(boolean vary) {
      Builder copy = copy();
      copy.varyByOrigin = vary;
      return copy;
    }

    Builder with(String name, @Nullable String value) {
      Builder copy = copy();
      copy.values[List.of(OWNED).indexOf(name)] = value;
      return copy;
    }

    private Builder copy() {
      Builder copy = new Builder(policy, untouched);
      copy.values = values.clone();
      copy.echoOrigin = echoOrigin;
      copy.varyByOrigin = varyByOrigin;
      return copy;
    }
  }
}
