package dev.corsac.gateway.watch;

import java.util.Locale;
import org.slf4j.event.Level;

/** What can happen to a request that an operator wants to know of. */
public enum Event {
  /** The policy decided against it. */
  DENIED(Level.INFO),
  /** It passed, and {@code enforce_report} would have it refused. */
  WOULD_REFUSE(Level.INFO),
  /** The gateway refused it for a reason of its own: a guard, a limit, what cannot be read. */
  REFUSED(Level.INFO),
  /** Its upstream failed. */
  FAILED(Level.WARN);

  private final Level level;

  Event(Level level) {
    this.level = level;
  }

  Level level() {
    return level;
  }

  /** The name in lower case with hyphens, such as {@code would-refuse}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The same in words. */
  String words() {
    return id().replace('-', ' ');
  }
}
