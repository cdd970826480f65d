package dev.corsac.cli.log;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lines that are many, written by a thread of their own: whoever reads the log slowly must not hold
 * up those who are served. Lines that do not fit are counted, and the number is told. Thread-safe.
 */
final class AccessLines {
  private static final int MOST = 16_384;
  private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final PrintStream out;
  private final LongConsumer lost;
  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST);
  private final AtomicLong missing = new AtomicLong();
  private final AtomicLong unwritten = new AtomicLong();
  private @Nullable Thread writer;

  /**
   * @param lost is told how many lines were lost
   */
  AccessLines(PrintStream out, LongConsumer lost) {
    this.out = out;
    this.lost = lost;
  }

  void add(String line) {
    unwritten.incrementAndGet();
    if (!waiting.offer(line)) {
      unwritten.decrementAndGet();
      missing.incrementAndGet();
    }
    start();
  }

  private synchronized void start() {
    if (writer == null) {
      Thread thread = new Thread(this::write, "corsac-access-log");
      thread.setDaemon(true);
      thread.start();
      writer = thread;
    }
  }

  private void write() {
    List<String> lines = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    long told = System.nanoTime() - TELL_NANOS;
    try {
      while (true) {
        lines.add(waiting.take());
        waiting.drainTo(lines, 255);
        for (String line : lines) {
          text.append(line).append(System.lineSeparator());
        }
        out.print(text);
        out.flush();
        unwritten.addAndGet(-lines.size());
        lines.clear();
        text.setLength(0);
        if (missing.get() > 0 && System.nanoTime() - told >= TELL_NANOS) {
          told = System.nanoTime();
          lost.accept(missing.getAndSet(0));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until what was added is written, for so long. */
  void flush(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (unwritten.get() > 0 && System.nanoTime() - end < 0) {
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
