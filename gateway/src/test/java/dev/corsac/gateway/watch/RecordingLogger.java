package dev.corsac.gateway.watch;

import java.io.Serial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.spi.LoggingEventAware;

/** Keeps what is logged. Thread-safe. */
final class RecordingLogger extends LegacyAbstractLogger implements LoggingEventAware {
  @Serial private static final long serialVersionUID = 1;

  private final transient List<Line> lines = new ArrayList<>();

  record Line(String text, Map<String, Object> fields) {}

  synchronized List<Line> lines() {
    return List.copyOf(lines);
  }

  @Override
  public synchronized void log(LoggingEvent event) {
    Map<String, Object> fields = new HashMap<>();
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> fields.put(pair.key, pair.value));
    }
    lines.add(new Line(event.getMessage(), fields));
  }

  @Override
  protected synchronized void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    lines.add(new Line(pattern, Map.of()));
  }

  @Override
  public boolean isTraceEnabled() {
    return true;
  }

  @Override
  public boolean isDebugEnabled() {
    return true;
  }

  @Override
  public boolean isInfoEnabled() {
    return true;
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  @Override
  public boolean isErrorEnabled() {
    return true;
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }
}
