package dev.corsac.browser;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * The CORS-preflight cache (https://fetch.spec.whatwg.org/#concept-cache): what earlier preflights
 * granted.
 */
abstract class PreflightCache {
  private static final long DEFAULT_MAX_AGE = 5;

  final Engine engine;
  private final Clock clock;

  PreflightCache(Engine engine, Clock clock) {
    this.engine = engine;
    this.clock = clock;
  }

  static PreflightCache of(Engine engine, Clock clock) {
    return engine.departs(Departure.CACHE_ENTRY_REPLACED)
        ? new EntryPerUrlCache(engine, clock)
        : new EntryPerNameCache(engine, clock);
  }

  /** Whether the request needs no preflight for what is remembered. */
  abstract boolean covers(Request request, List<String> unsafeNames);

  /** Remembers what a preflight's response granted. */
  abstract void store(Request request, List<String> methods, List<String> headers, long maxAge);

  /** https://fetch.spec.whatwg.org/#concept-cache-clear. */
  abstract void clear(Request request);

  /** Forgets everything. */
  abstract void clear();

  Instant now() {
    return clock.instant();
  }

  /** Parts of https://fetch.spec.whatwg.org/#concept-cache-create-entry's key. */
  String key(Request request) {
    String origin =
        engine.departs(Departure.REDIRECT_TAINT_NOT_IN_CACHE_KEY)
            ? request.origin.toString()
            : request.serializedOrigin();
    return origin + " " + request.currentUrl();
  }

  /** The max-age of a response in seconds, capped: CORS-preflight fetch, 7.9 to 7.11. */
  long maxAge(Headers answer) {
    String value = answer.get("Access-Control-Max-Age");
    if (value == null) {
      return DEFAULT_MAX_AGE;
    }
    boolean digits = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    if (engine.departs(Departure.MAX_AGE_INTEGER)) {
      try {
        return Math.min(Math.max(Long.parseLong(value), 0), engine.maxAgeCap());
      } catch (NumberFormatException notAnInt64) {
        return DEFAULT_MAX_AGE;
      }
    }
    if (digits) {
      return value.length() > 10
          ? engine.maxAgeCap()
          : Math.min(Long.parseLong(value), engine.maxAgeCap());
    }
    if (engine.departs(Departure.MAX_AGE_NEGATIVE_NOT_CACHED) && value.matches("-\\d+")) {
      return 0;
    }
    return engine.departs(Departure.MAX_AGE_INVALID_NOT_CACHED) && !value.isEmpty()
        ? 0
        : DEFAULT_MAX_AGE;
  }
}
