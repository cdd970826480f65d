package dev.corsac.gateway.watch;

import org.jspecify.annotations.Nullable;

/** The trace that a request is part of (W3C Trace Context, section 3.2). */
final class TraceId {
  private static final int START = 3;
  private static final int END = START + 32;
  private static final int LENGTH = END + 1 + 16 + 1 + 2;

  private TraceId() {}

  /** The trace id of a {@code traceparent}; null if it has none. */
  static @Nullable String of(@Nullable String traceparent) {
    if (traceparent == null || traceparent.length() < LENGTH) {
      return null;
    }
    // Later versions may have more behind it, after a dash.
    boolean longer = traceparent.length() > LENGTH;
    if (longer && (traceparent.startsWith("00") || traceparent.charAt(LENGTH) != '-')) {
      return null;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = traceparent.charAt(i);
      boolean dash = i == START - 1 || i == END || i == END + 17;
      if (dash ? c != '-' : !isHex(c)) {
        return null;
      }
    }
    String id = traceparent.substring(START, END);
    boolean none = id.chars().allMatch(c -> c == '0');
    return none || traceparent.startsWith("ff") ? null : id;
  }

  private static boolean isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }
}
