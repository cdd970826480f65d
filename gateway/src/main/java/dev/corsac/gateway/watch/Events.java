package dev.corsac.gateway.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The events of the last minutes. Of those that are alike, the first in {@value #SECONDS} seconds
 * gets a line at once, up to {@value #LINES} for each kind of event; the others are counted, and
 * told together at the end of that time. However many there are, and whatever clients make up, the
 * memory and the lines are bounded. Thread-safe.
 */
public final class Events {
  /** How long events are collected. */
  public static final int SECONDS = 10;

  /** How many lines for single events there are in that time, for each {@link Event}. */
  static final int LINES = 20;

  /** How many lines for many events at once there are at its end, for each {@link Event}. */
  static final int SUMMARIES = 10;

  private static final int KEPT = 15;
  private static final Duration KEEP = Duration.ofMinutes(15);

  private final InstantSource clock;
  private final EventLog log;
  private final Deque<Window> windows = new ArrayDeque<>();
  private Map<Event, Tally> current = empty();
  private Instant begun;

  Events(EventLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
    this.begun = clock.instant();
  }

  private static Map<Event, Tally> empty() {
    Map<Event, Tally> tallies = new EnumMap<>(Event.class);
    for (Event event : Event.values()) {
      tallies.put(event, new Tally());
    }
    return tallies;
  }

  /**
   * Counts one.
   *
   * @param status of the gateway's own response; 0 if it has none
   * @param detail printable
   */
  void add(
      Alike alike, Tally.Example example, @Nullable String traceId, int status, String detail) {
    boolean first;
    synchronized (this) {
      first = tally(alike.event()).add(alike, example, LINES);
    }
    if (first) {
      log.one(alike, example, traceId, status, detail);
    }
  }

  private Tally tally(Event event) {
    Tally tally = current.get(event);
    if (tally == null) {
      throw new IllegalStateException(event.id());
    }
    return tally;
  }

  /** Ends the time for which events are collected, and tells what has no line yet. */
  public void turn() {
    Map<Event, Tally> ended;
    long seconds;
    synchronized (this) {
      ended = current;
      current = empty();
      Instant now = clock.instant();
      seconds = Math.max(1, Math.round(Duration.between(begun, now).toMillis() / 1000.0));
      begun = now;
      Window window = window(ended);
      windows.removeIf(each -> each.end().isBefore(window.end().minus(KEEP)));
      if (!window.reasons().isEmpty()) {
        windows.addLast(window);
      }
    }
    ended.forEach((event, tally) -> tell(event, tally, seconds));
  }

  private void tell(Event event, Tally tally, long seconds) {
    long left = tally.untold();
    for (Tally.Entry entry : tally.top(SUMMARIES)) {
      if (entry.untold() > 0) {
        left -= entry.untold();
        log.many(entry.alike(), entry.example(), entry.untold(), seconds);
      }
    }
    if (left > 0) {
      log.others(event, left, seconds);
    }
  }

  private Window window(Map<Event, Tally> tallies) {
    Map<Event, Map<String, Long>> reasons = new EnumMap<>(Event.class);
    List<Window.Count> most = new ArrayList<>();
    tallies.forEach(
        (event, tally) -> {
          if (!tally.isEmpty()) {
            reasons.put(event, Map.copyOf(new TreeMap<>(tally.reasons())));
            for (Tally.Entry entry : tally.top(KEPT)) {
              most.add(new Window.Count(entry.alike(), entry.example().path(), entry.certain()));
            }
          }
        });
    most.sort(Comparator.comparingLong(Window.Count::count).reversed());
    return new Window(
        clock.instant(), reasons, List.copyOf(most.subList(0, Math.min(KEPT, most.size()))));
  }

  /**
   * The last fifteen minutes, oldest first, what is collected now last; quiet times are left out.
   */
  public synchronized List<Window> recent() {
    List<Window> recent = new ArrayList<>(windows);
    Window now = window(current);
    if (!now.reasons().isEmpty()) {
      recent.add(now);
    }
    return recent;
  }
}
