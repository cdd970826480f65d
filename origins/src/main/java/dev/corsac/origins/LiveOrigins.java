package dev.corsac.origins;

import dev.corsac.OriginSource;
import dev.corsac.OriginTerms;
import dev.corsac.config.origins.OriginsFrom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The origins of one place, followed while they change.
 *
 * <pre>{@code
 * LiveOrigins origins = LiveOrigins.open(
 *     new OriginsFrom.File(Path.of("origins.txt")), OriginTerms.strict(), event -> log.info("{}", event));
 * CorsPolicy policy = CorsPolicy.builder().allowOriginsFrom(origins).allowCredentials().build();
 * }</pre>
 *
 * <p>{@link #allows} looks into a set in memory, whatever happens to the place. An origin that is
 * invalid, or too dangerous for the terms, is left out and told to the listener. While the place
 * cannot be read, what it last said stays; a database's origins are also kept on disk, for a start
 * without it. A place that was never read allows nothing. Thread-safe; after {@link #close} it
 * stays as it was.
 */
public final class LiveOrigins implements OriginSource, AutoCloseable {
  private static final Duration FIRST_READING = Duration.ofSeconds(5);
  private static final int MOST_TOLD = 100;
  private static final long END_MILLIS = 2000;

  private final OriginsFrom from;
  private final OriginTerms terms;
  private final Consumer<? super OriginsEvent> listener;
  private final CountDownLatch tried = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Held held;
  private volatile @Nullable Instant asOf;
  private volatile @Nullable String problem;
  private @Nullable String notKept;
  private @Nullable Thread follower;

  private LiveOrigins(
      OriginsFrom from, OriginTerms terms, Consumer<? super OriginsEvent> listener) {
    this.from = from;
    this.terms = terms;
    this.listener = listener;
    this.held = Held.none(terms);
  }

  /**
   * Starts to follow a place; returns when it was read, when it cannot be read, or after five
   * seconds. A place that cannot be read is no error: it is tried again and again.
   *
   * @param terms what the policy demands of each origin
   * @param listener told what happens, on a thread of the place's own; its exceptions change
   *     nothing
   */
  public static LiveOrigins open(
      OriginsFrom from, OriginTerms terms, Consumer<? super OriginsEvent> listener) {
    LiveOrigins live =
        new LiveOrigins(
            Objects.requireNonNull(from, "from"),
            Objects.requireNonNull(terms, "terms"),
            Objects.requireNonNull(listener, "listener"));
    live.start();
    return live;
  }

  private void start() {
    if (from instanceof OriginsFrom.Environment environment) {
      Held.Collector collector = new Held.Collector(terms, 0);
      environment.origins().forEach(origin -> collector.add(origin, null, ""));
      take(collector.finish(), Instant.now());
      return;
    }
    Runnable feed =
        from instanceof OriginsFrom.Database database
            ? new DatabaseFeed(this, database)
            : new FileFeed(this, ((OriginsFrom.File) from).path());
    follower = daemon(feed, "corsac-origins");
    try {
      tried.await(FIRST_READING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public boolean allows(String origin) {
    return held.allows(origin);
  }

  /** How the place is doing. */
  public OriginsStatus status() {
    Held now = held;
    String why = problem;
    Instant read = asOf;
    OriginsStatus.State state =
        read == null
            ? OriginsStatus.State.UNREAD
            : why == null ? OriginsStatus.State.CURRENT : OriginsStatus.State.STALE;
    return new OriginsStatus(
        from,
        state,
        now.size(),
        now.skipped(),
        Optional.ofNullable(read),
        Optional.ofNullable(why));
  }

  /** Ends the following; what is allowed stays as it is. */
  @Override
  public void close() {
    ended.countDown();
    Thread running = follower;
    if (running == null || running == Thread.currentThread()) {
      return;
    }
    try {
      running.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  OriginTerms terms() {
    return terms;
  }

  /** Waits, and says whether it goes on. */
  boolean waits(long millis) {
    try {
      return !ended.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  boolean closed() {
    return ended.getCount() == 0;
  }

  /** The place was read. */
  void take(Held read, Instant when) {
    List<RefusedOrigin> news;
    synchronized (this) {
      Set<RefusedOrigin> known = Set.copyOf(held.refused());
      news =
          read.refused().stream().filter(each -> !known.contains(each)).limit(MOST_TOLD).toList();
      held = read;
      asOf = when;
      problem = null;
    }
    tell(new OriginsEvent.Loaded(status(), news));
    tried.countDown();
  }

  /** What the place last said, kept elsewhere; the place itself was not read yet. */
  void takeKept(Held kept, Instant when, String why) {
    synchronized (this) {
      held = kept;
      asOf = when;
      problem = why;
    }
  }

  /** The place still says what it said. */
  void confirm() {
    synchronized (this) {
      asOf = Instant.now();
      problem = null;
    }
  }

  /** The place cannot be read. */
  void miss(String reason) {
    if (closed()) {
      return;
    }
    boolean known;
    synchronized (this) {
      known = reason.equals(problem) && tried.getCount() == 0;
      problem = reason;
    }
    if (!known) {
      tell(new OriginsEvent.Unavailable(status(), reason));
    }
    tried.countDown();
  }

  /** What was read cannot be kept on disk; null if it can. */
  void notKept(@Nullable String reason) {
    boolean known = Objects.equals(notKept, reason);
    notKept = reason;
    if (!known && reason != null) {
      tell(new OriginsEvent.NotKept(status(), reason));
    }
  }

  private void tell(OriginsEvent event) {
    try {
      listener.accept(event);
    } catch (RuntimeException e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }
}
