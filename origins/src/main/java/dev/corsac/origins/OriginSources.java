package dev.corsac.origins;

import dev.corsac.OriginTerms;
import dev.corsac.config.origins.DeclaredOrigins;
import dev.corsac.config.origins.OriginsFrom;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The places that the policies of a server take origins from, across its configurations: a place
 * that the next configuration names too is followed without a break. Thread-safe.
 */
public final class OriginSources implements AutoCloseable {

  /** A place is shared by the policies that demand the same of its origins. */
  private record Key(OriginsFrom from, OriginTerms terms) {}

  private final Consumer<? super OriginsEvent> listener;
  private volatile Map<Key, LiveOrigins> open = Map.of();

  /**
   * Starts with no place.
   *
   * @param listener as for {@link LiveOrigins#open}
   */
  public OriginSources(Consumer<? super OriginsEvent> listener) {
    this.listener = listener;
  }

  /**
   * Connects the places of a configuration before it is served, as {@link LiveOrigins#open} does;
   * those of the configuration before that are named no more are followed no more.
   */
  public synchronized void connect(Collection<DeclaredOrigins> declared) {
    Map<Key, LiveOrigins> before = open;
    Map<Key, LiveOrigins> now = new LinkedHashMap<>();
    for (DeclaredOrigins each : declared) {
      Key key = new Key(each.from(), each.terms());
      LiveOrigins live = now.get(key);
      if (live == null) {
        LiveOrigins running = before.get(key);
        live = running == null ? LiveOrigins.open(each.from(), each.terms(), listener) : running;
        now.put(key, live);
      }
      each.connect(live);
    }
    open = Collections.unmodifiableMap(now);
    before.forEach(
        (key, live) -> {
          if (!now.containsKey(key)) {
            live.close();
          }
        });
  }

  /** How the places are doing. */
  public List<OriginsStatus> status() {
    return open.values().stream().map(LiveOrigins::status).toList();
  }

  /** Whether every place was read, now or before a restart. */
  public boolean ready() {
    return open.values().stream()
        .noneMatch(live -> live.status().state() == OriginsStatus.State.UNREAD);
  }

  @Override
  public synchronized void close() {
    open.values().forEach(LiveOrigins::close);
  }
}
