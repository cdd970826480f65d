package dev.corsac.browser;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The cache of Chromium and WebKit ({@link Departure#CACHE_ENTRY_REPLACED}): one entry per origin
 * and URL, used only if it covers the whole request and thrown away if it does not.
 */
final class EntryPerUrlCache extends PreflightCache {
  private final Map<String, Entry> entries = new HashMap<>();

  EntryPerUrlCache(Engine engine, Clock clock) {
    super(engine, clock);
  }

  private record Entry(
      boolean credentials, List<String> methods, List<String> headers, Instant expires) {}

  @Override
  boolean covers(Request request, List<String> unsafeNames) {
    if (!mayCache(request)) {
      return false;
    }
    Entry entry = entries.get(key(request));
    if (entry == null) {
      return false;
    }
    boolean covers =
        entry.expires.isAfter(now())
            && (entry.credentials || !request.includesCredentials())
            && (HttpGrammar.isSafelistedMethod(request.method)
                || entry.methods.contains(request.method)
                || starCounts(entry, entry.methods, request))
            && unsafeNames.stream().allMatch(name -> grantsHeader(entry, name, request));
    if (!covers) {
      entries.remove(key(request));
    }
    return covers;
  }

  private boolean grantsHeader(Entry entry, String name, Request request) {
    if (HttpGrammar.containsIgnoringCase(entry.headers, name)) {
      return true;
    }
    return starCounts(entry, entry.headers, request)
        && (!RequestHeaders.isNonWildcard(name)
            || engine.departs(Departure.CACHE_STAR_COVERS_AUTHORIZATION));
  }

  private boolean starCounts(Entry entry, List<String> names, Request request) {
    boolean literal =
        (request.includesCredentials() && engine.departs(Departure.CACHE_LITERAL_STAR_NOT_WILDCARD))
            || (entry.credentials && engine.departs(Departure.CACHE_STAR_WITHOUT_CREDENTIALS_ONLY));
    return names.contains("*") && !literal;
  }

  private boolean mayCache(Request request) {
    if (engine.departs(Departure.CACHE_NOT_FOR_OPAQUE_ORIGINS)) {
      return !request.serializedOrigin().equals("null");
    }
    return !(engine.departs(Departure.REDIRECT_NULL_ORIGIN_NOT_CACHED)
        && request.isRedirectTainted());
  }

  @Override
  void store(Request request, List<String> methods, List<String> headers, long maxAge) {
    if (mayCache(request)) {
      entries.put(
          key(request),
          new Entry(
              request.includesCredentials(),
              List.copyOf(methods),
              List.copyOf(headers),
              now().plusSeconds(maxAge)));
    }
  }

  @Override
  void clear(Request request) {
    entries.remove(key(request));
  }

  @Override
  void clear() {
    entries.clear();
  }
}
