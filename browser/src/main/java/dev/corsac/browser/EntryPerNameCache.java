package dev.corsac.browser;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The cache as the standard has it: an entry per method and per header name. */
final class EntryPerNameCache extends PreflightCache {
  private final List<Entry> entries = new ArrayList<>();

  EntryPerNameCache(Engine engine, Clock clock) {
    super(engine, clock);
  }

  /** One thing granted; {@code anything} only marks that there was a preflight. */
  private static final class Entry {
    private final String key;
    private final boolean credentials;
    private final Kind kind;
    private final String name;
    private Instant expires;

    Entry(String key, boolean credentials, Kind kind, String name, Instant expires) {
      this.key = key;
      this.credentials = credentials;
      this.kind = kind;
      this.name = name;
      this.expires = expires;
    }
  }

  private enum Kind {
    METHOD,
    HEADER,
    ANYTHING
  }

  @Override
  boolean covers(Request request, List<String> unsafeNames) {
    Instant now = now();
    entries.removeIf(entry -> !entry.expires.isAfter(now));
    boolean mustMatch =
        engine.departs(Departure.CACHE_HEAD_NEEDS_LISTING) && request.method.equals("HEAD");
    if (engine.departs(Departure.CACHE_SERVES_FLAGGED_REQUESTS)) {
      if (entries.stream().noneMatch(entry -> matches(entry, request))) {
        return false;
      }
    } else {
      mustMatch |= request.useCorsPreflight;
    }
    if ((mustMatch || !HttpGrammar.isSafelistedMethod(request.method))
        && !grants(request, Kind.METHOD, request.method)) {
      return false;
    }
    return unsafeNames.stream().allMatch(name -> grants(request, Kind.HEADER, name));
  }

  /** https://fetch.spec.whatwg.org/#concept-cache-match-method and -header. */
  private boolean grants(Request request, Kind kind, String name) {
    return entries.stream()
        .anyMatch(
            entry -> entry.kind == kind && matches(entry, request) && matchesName(entry, name));
  }

  private boolean matchesName(Entry entry, String name) {
    if (entry.kind == Kind.METHOD ? entry.name.equals(name) : entry.name.equalsIgnoreCase(name)) {
      return true;
    }
    return entry.name.equals("*")
        && !engine.departs(Departure.CACHE_STAR_NOT_REMEMBERED)
        && !(entry.kind == Kind.HEADER && RequestHeaders.isNonWildcard(name));
  }

  /** https://fetch.spec.whatwg.org/#concept-cache-match. */
  private boolean matches(Entry entry, Request request) {
    if (!entry.key.equals(key(request))) {
      return false;
    }
    return engine.departs(Departure.CACHE_KEYED_BY_CREDENTIALS)
        ? entry.credentials == request.includesCredentials()
        : entry.credentials || !request.includesCredentials();
  }

  @Override
  void store(Request request, List<String> methods, List<String> headers, long maxAge) {
    if (maxAge == 0 && engine.departs(Departure.CACHE_ZERO_AGE_KEEPS_OLD)) {
      return;
    }
    Instant expires = now().plusSeconds(maxAge);
    methods.forEach(method -> store(request, Kind.METHOD, method, expires));
    headers.forEach(header -> store(request, Kind.HEADER, header, expires));
    store(request, Kind.ANYTHING, "", expires);
  }

  private void store(Request request, Kind kind, String name, Instant expires) {
    boolean found = false;
    for (Entry entry : entries) {
      if (entry.kind == kind && matches(entry, request) && matchesName(entry, name)) {
        entry.expires = expires;
        found = true;
      }
    }
    if (!found) {
      entries.add(new Entry(key(request), request.includesCredentials(), kind, name, expires));
    }
  }

  @Override
  void clear(Request request) {
    String key = key(request);
    entries.removeIf(entry -> entry.key.equals(key));
  }

  @Override
  void clear() {
    entries.clear();
  }
}
