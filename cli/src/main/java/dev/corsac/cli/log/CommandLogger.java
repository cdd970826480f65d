package dev.corsac.cli.log;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/** One name's part of the {@link CommandLog}. */
final class CommandLogger extends LegacyAbstractLogger implements LoggingEventAware {
  @Serial private static final long serialVersionUID = 1;

  private final Level least;
  private final transient CommandLog log;

  CommandLogger(String name, Level least, CommandLog log) {
    this.name = name;
    this.least = least;
    this.log = log;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    log.write(name, level, MessageFormatter.basicArrayFormat(pattern, arguments), thrown, null);
  }

  /** An event that may have fields. */
  @Override
  public void log(LoggingEvent event) {
    log.write(
        name,
        event.getLevel(),
        MessageFormatter.basicArrayFormat(event.getMessage(), event.getArgumentArray()),
        event.getThrowable(),
        event.getKeyValuePairs());
  }

  private boolean says(Level level) {
    return level.toInt() >= least.toInt();
  }

  @Override
  public boolean isTraceEnabled() {
    return says(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return says(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return says(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return says(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return says(Level.ERROR);
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }
}
