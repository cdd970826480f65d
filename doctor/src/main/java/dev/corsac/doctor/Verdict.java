package dev.corsac.doctor;

import java.util.Locale;

/** Whether the page can read the response to its request. */
public enum Verdict {
  /** JavaScript reads the response, be it an error of the application. */
  READABLE,
  /** There is a response, or there would be one, and the browser keeps it from the page. */
  BLOCKED,
  /** There is no response. */
  UNREACHABLE;

  /** Its name in reports: {@code readable}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
