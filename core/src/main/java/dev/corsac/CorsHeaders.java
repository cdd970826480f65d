package dev.corsac;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The headers of one kind of response under one policy: immutable, complete but for the echoed
 * origin.
 */
final class CorsHeaders {
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

  /** Leaves a response as it is. */
  static final CorsHeaders UNTOUCHED = new CorsHeaders(true, false, false, new @Nullable String[0]);

  /** Carries no CORS header. */
  static final CorsHeaders NONE =
      new CorsHeaders(false, false, false, new @Nullable String[OWNED.length]);

  private final boolean untouched;
  private final boolean echoOrigin;
  private final boolean varyByOrigin;
  private final @Nullable String[] values;

  private CorsHeaders(
      boolean untouched, boolean echoOrigin, boolean varyByOrigin, @Nullable String[] values) {
    this.untouched = untouched;
    this.echoOrigin = echoOrigin;
    this.varyByOrigin = varyByOrigin;
    this.values = values;
  }

  CorsHeaders withEchoedOrigin() {
    return new CorsHeaders(untouched, true, varyByOrigin, values);
  }

  CorsHeaders withVaryByOrigin() {
    return new CorsHeaders(untouched, echoOrigin, true, values);
  }

  /** A copy with a header, or without it where the value is null. */
  CorsHeaders with(String name, @Nullable String value) {
    if (untouched) {
      return this;
    }
    @Nullable String[] changed = values.clone();
    changed[indexOf(name)] = value;
    return new CorsHeaders(untouched, echoOrigin, varyByOrigin, changed);
  }

  /** Whether the headers are complete only with a request's origin. */
  boolean echoesOrigin() {
    return echoOrigin;
  }

  boolean has(String name) {
    return !untouched && values[indexOf(name)] != null;
  }

  private static int indexOf(String name) {
    return Arrays.asList(OWNED).indexOf(name);
  }

  /** The headers as an empty response gets them. */
  Map<String, String> asMap(@Nullable String origin) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      String value = value(i, origin);
      if (value != null) {
        map.put(OWNED[i], value);
      }
    }
    if (varyByOrigin) {
      map.put("Vary", "Origin");
    }
    return Collections.unmodifiableMap(map);
  }

  private @Nullable String value(int i, @Nullable String origin) {
    return i == 0 && echoOrigin ? origin : values[i];
  }

  void applyTo(@Nullable String origin, CorsResponse response) {
    for (int i = 0; i < values.length; i++) {
      String value = value(i, origin);
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

  void addTo(@Nullable String origin, CorsResponse response) {
    for (int i = 0; i < values.length; i++) {
      String value = value(i, origin);
      if (value != null) {
        response.addHeader(OWNED[i], value);
      }
    }
    if (varyByOrigin) {
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
