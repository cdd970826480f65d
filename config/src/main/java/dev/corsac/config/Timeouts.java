package dev.corsac.config;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long the gateway waits. Immutable and thread-safe.
 *
 * <pre>{@code
 * Timeouts patient = Timeouts.DEFAULT.withRequest(Duration.ofMinutes(5));
 * }</pre>
 */
public final class Timeouts {

  /** The keys of {@code timeouts}, with what a file means that says nothing of them. */
  enum Key {
    CONNECT(Duration.ofSeconds(5)),
    REQUEST(Duration.ofSeconds(60)),
    IDLE(Duration.ofSeconds(60)),
    BODY(Duration.ofSeconds(30)),
    HEAD(Duration.ofSeconds(15)),
    WEBSOCKET(Duration.ofHours(1)),
    DRAIN(Duration.ofSeconds(1)),
    STOP(Duration.ofSeconds(10));

    private final Duration standard;

    Key(Duration standard) {
      this.standard = standard;
    }

    String inFile() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Only for draining there need be no time. */
    boolean mayBeZero() {
      return this == DRAIN;
    }
  }

  static final List<String> KEYS = Stream.of(Key.values()).map(Key::inFile).toList();

  /** What a file means that says nothing. */
  public static final Timeouts DEFAULT = new Timeouts(new EnumMap<>(Key.class));

  private final Map<Key, Duration> given;

  private Timeouts(Map<Key, Duration> given) {
    this.given = given;
  }

  /** For a connection to an upstream; 5 s if the file says nothing. */
  public Duration connect() {
    return get(Key.CONNECT);
  }

  /** For the head of an upstream's response; 60 s if the file says nothing. */
  public Duration request() {
    return get(Key.REQUEST);
  }

  /** For anything to move on a connection; 60 s if the file says nothing. */
  public Duration idle() {
    return get(Key.IDLE);
  }

  /** For a request's body, and longer for one that moves on; 30 s if the file says nothing. */
  public Duration body() {
    return get(Key.BODY);
  }

  /** For the whole head of a request; 15 s if the file says nothing. */
  public Duration head() {
    return get(Key.HEAD);
  }

  /** For anything to move on a WebSocket; 1 h if the file says nothing. */
  public Duration webSocket() {
    return get(Key.WEBSOCKET);
  }

  /**
   * Between the signal to stop, when {@code /health/ready} says so, and the last new connection;
   * may be zero; 1 s if the file says nothing.
   */
  public Duration drain() {
    return get(Key.DRAIN);
  }

  /** After that, for requests under way to end; 10 s if the file says nothing. */
  public Duration stop() {
    return get(Key.STOP);
  }

  /** The same with another {@link #connect}. */
  public Timeouts withConnect(Duration duration) {
    return with(Key.CONNECT, duration);
  }

  /** The same with another {@link #request}. */
  public Timeouts withRequest(Duration duration) {
    return with(Key.REQUEST, duration);
  }

  /** The same with another {@link #idle}. */
  public Timeouts withIdle(Duration duration) {
    return with(Key.IDLE, duration);
  }

  /** The same with another {@link #body}. */
  public Timeouts withBody(Duration duration) {
    return with(Key.BODY, duration);
  }

  /** The same with another {@link #head}. */
  public Timeouts withHead(Duration duration) {
    return with(Key.HEAD, duration);
  }

  /** The same with another {@link #webSocket}. */
  public Timeouts withWebSocket(Duration duration) {
    return with(Key.WEBSOCKET, duration);
  }

  /** The same with another {@link #drain}. */
  public Timeouts withDrain(Duration duration) {
    return with(Key.DRAIN, duration);
  }

  /** The same with another {@link #stop}. */
  public Timeouts withStop(Duration duration) {
    return with(Key.STOP, duration);
  }

  Duration get(Key key) {
    return given.getOrDefault(key, key.standard);
  }

  Timeouts with(Key key, Duration duration) {
    Map<Key, Duration> all = new EnumMap<>(given);
    all.put(key, Objects.requireNonNull(duration, "duration"));
    return new Timeouts(all);
  }

  private List<Duration> all() {
    return Stream.of(Key.values()).map(this::get).toList();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Timeouts timeouts && all().equals(timeouts.all());
  }

  @Override
  public int hashCode() {
    return all().hashCode();
  }

  /** The durations in the order of the keys. */
  @Override
  public String toString() {
    return Stream.of(Key.values()).map(key -> key.inFile() + ": " + get(key)).toList().toString();
  }
}
