package dev.corsac.doctor;

import java.util.Locale;

/** What comes of a request, as far as the page is concerned. */
public enum Verdict {
  /** JavaScript reads the answer, be it an error of the application. */
  READABLE,
  /** There is an answer, or there would be one, and the browser keeps it from the page. */
  BLOCKED,
  /** There is no answer. */
  UNREACHABLE;

  /** Its name in reports: {@code readable}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
