package dev.corsac.gateway;

import dev.corsac.CorsRequest;
import dev.corsac.Decision;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator wants to see of requests: what was denied, and what went wrong. One line each,
 * escaped, and no more than {@value #LINES_A_SECOND} a second, so that nobody fills a disk from
 * outside.
 */
final class EventLog {
  static final int LINES_A_SECOND = 20;
  private static final int LONGEST = 128;

  private static final Logger log = LoggerFactory.getLogger("corsac");

  private final LongSupplier seconds;

  /** The second in the upper half, the lines of that second in the lower half. */
  private final AtomicLong window = new AtomicLong();

  EventLog() {
    this(() -> System.nanoTime() / 1_000_000_000L);
  }

  EventLog(LongSupplier seconds) {
    this.seconds = seconds;
  }

  void denied(CorsRequest request, Decision decision) {
    if (admit()) {
      log.info(
          "corsac  denied  {} {}  {}",
          printable(request.method()),
          printable(request.path()),
          decision.describe(request));
    }
  }

  void refused(CorsRequest request, int status, String why) {
    if (admit()) {
      log.info(
          "corsac  {}  {} {}  {}",
          status,
          printable(request.method()),
          printable(request.path()),
          why);
    }
  }

  void failed(CorsRequest request, int status, String why) {
    if (admit()) {
      log.warn(
          "corsac  {}  {} {}  {}",
          status,
          printable(request.method()),
          printable(request.path()),
          why);
    }
  }

  /** Whether there is room for one more line; tells how many there was no room for. */
  boolean admit() {
    long second = seconds.getAsLong() & 0xffff_ffffL;
    while (true) {
      long seen = window.get();
      long lines = seen >>> 32 == second ? seen & 0xffff_ffffL : 0;
      if (lines == 0xffff_ffffL) {
        return false;
      }
      if (window.compareAndSet(seen, second << 32 | lines + 1)) {
        long unseen = (seen & 0xffff_ffffL) - LINES_A_SECOND;
        if (lines == 0 && unseen > 0) {
          log.info("corsac  … and {} more lines like these in one second", unseen);
        }
        return lines < LINES_A_SECOND;
      }
    }
  }

  /** Printable ASCII, cut to {@value #LONGEST} characters: neither splits a line nor fills it. */
  static String printable(String text) {
    StringBuilder printable = new StringBuilder(Math.min(text.length(), LONGEST) + 1);
    for (int i = 0; i < text.length() && i < LONGEST; i++) {
      char c = text.charAt(i);
      printable.append(c > ' ' && c < 0x7f ? c : '?');
    }
    return text.length() > LONGEST ? printable.append('…').toString() : printable.toString();
  }
}
