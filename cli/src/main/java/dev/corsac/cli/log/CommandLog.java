package dev.corsac.cli.log;

import dev.corsac.gateway.LineLimit;
import java.io.PrintStream;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * The log of the command: what the gateway says, and what the libraries below it warn of, goes to
 * the standard error stream, each event in one line, of text or of JSON.
 *
 * <p>A hostile peer decides how often something is logged and what the messages contain, so each
 * line is escaped and cut, and there are only so many in a second: {@value #OURS} of the gateway's,
 * {@value #OTHERS} of all libraries. The access log alone has a line for each request.
 */
public final class CommandLog implements SLF4JServiceProvider, ILoggerFactory {
  static final int OURS = 50;
  static final int OTHERS = 5;

  /** Half of a screen; a list of findings in a broken file has longer lines than a request. */
  private static final int LONGEST = 1000;

  private static final int CAUSES = 5;
  private static final int FRAMES = 8;
  private static final String NAME = "corsac";
  private static final String ACCESS = "corsac.access";
  private static final long FLUSH_MILLIS = 2_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");

  private final PrintStream out;
  private final AccessLines access;
  private volatile boolean json;
  private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter contexts = new NOPMDCAdapter();
  private final LineLimit ours = new LineLimit(OURS, lines -> leftOut(lines, "like these"));
  private final LineLimit others = new LineLimit(OTHERS, lines -> leftOut(lines, "of libraries"));

  /** For {@link java.util.ServiceLoader}. */
  public CommandLog() {
    this(System.err);
  }

  CommandLog(PrintStream out) {
    this.out = out;
    this.access =
        new AccessLines(
            out,
            lines ->
                print(
                    Level.WARN,
                    "corsac  … and "
                        + lines
                        + " lines of the access log were lost: its reader is too slow"));
  }

  /** From now on lines are of JSON, or of text; without effect under another log. */
  public static void json(boolean json) {
    if (LoggerFactory.getILoggerFactory() instanceof CommandLog log) {
      log.format(json);
    }
  }

  void format(boolean asJson) {
    json = asJson;
  }

  /** Writes what waits to be written. */
  public static void flush() {
    if (LoggerFactory.getILoggerFactory() instanceof CommandLog log) {
      log.flushAccess();
    }
  }

  void flushAccess() {
    access.flush(FLUSH_MILLIS);
  }

  @Override
  public Logger getLogger(String name) {
    boolean own = isOurs(name);
    return loggers.computeIfAbsent(
        name, each -> new CommandLogger(each, own ? Level.INFO : Level.WARN, this));
  }

  private static boolean isOurs(String logger) {
    return logger.equals(NAME) || logger.equals(ACCESS);
  }

  void write(
      String logger,
      Level level,
      @Nullable String message,
      @Nullable Throwable thrown,
      @Nullable List<KeyValuePair> fields) {
    if (logger.equals(ACCESS)) {
      access.add(format(level, logger, String.valueOf(message), fields));
      return;
    }
    boolean own = isOurs(logger);
    if ((own ? ours : others).admit()) {
      StringBuilder line = new StringBuilder(message == null ? "" : message);
      if (!own && !json) {
        line.insert(0, logger + ": ");
      }
      append(line, thrown);
      out.println(format(level, logger, line.toString(), fields));
    }
  }

  private void leftOut(long lines, String which) {
    print(Level.WARN, "corsac  … and " + lines + " more lines " + which + " in one second");
  }

  private void print(Level level, String line) {
    out.println(format(level, NAME, line, null));
  }

  private String format(
      Level level, String logger, String line, @Nullable List<KeyValuePair> fields) {
    String time = OffsetDateTime.now(ZoneId.systemDefault()).format(TIME);
    String printable = printable(line);
    return json
        ? JsonLine.of(time, level, logger, printable, fields)
        : time + " " + level + " " + printable;
  }

  /** What was thrown and why, and where the first of it came from, with no line of its own. */
  private static void append(StringBuilder line, @Nullable Throwable thrown) {
    if (thrown == null) {
      return;
    }
    line.append(": ").append(thrown);
    Throwable first = thrown;
    for (int i = 0; i < CAUSES && first.getCause() != null; i++) {
      first = first.getCause();
      line.append(", caused by ").append(first);
    }
    Arrays.stream(first.getStackTrace())
        .limit(FRAMES)
        .forEach(frame -> line.append(" < ").append(frame));
  }

  /** Neither splits a line, nor moves the cursor, nor turns the direction of a text. */
  static String printable(String text) {
    StringBuilder printable = new StringBuilder(Math.min(text.length(), LONGEST) + 1);
    for (int i = 0; i < text.length() && i < LONGEST; i++) {
      char c = text.charAt(i);
      boolean safe = c >= ' ' && c != 0x7f && (c < 0x80 || c > 0x9f) && !isFormat(c);
      printable.append(safe ? c : '?');
    }
    return text.length() > LONGEST ? printable.append('…').toString() : printable.toString();
  }

  private static boolean isFormat(char c) {
    int type = Character.getType(c);
    return type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return this;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return contexts;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {}
}
