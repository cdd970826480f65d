package dev.corsac.gateway.watch;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes events to the log: a line of text, and the same as keys with values for logs that are read
 * by machines. Whatever stems from a request is printable ASCII and cut. Thread-safe.
 */
public final class EventLog {
  /** Of events that are no request's. */
  public static final int LINES_A_SECOND = 20;

  private static final int LONGEST_REASON = 512;

  private final BooleanSupplier room;
  private final Logger log;

  /**
   * @param room whether there is room for one more line now, of an event that is no request's
   */
  public EventLog(BooleanSupplier room) {
    this(room, LoggerFactory.getLogger("corsac"));
  }

  EventLog(BooleanSupplier room, Logger log) {
    this.room = room;
    this.log = log;
  }

  /** Says how many lines had no room. */
  public static void leftOut(long lines) {
    LoggerFactory.getLogger("corsac")
        .info("corsac  … and {} more lines like these in one second", lines);
  }

  /** A line of a candidate policy, which has a limit of its own. */
  public static void shadow(String line) {
    LoggerFactory.getLogger("corsac")
        .atInfo()
        .addKeyValue("event", "shadow")
        .addKeyValue("detail", line)
        .log("corsac  " + line);
  }

  /** One event. */
  void one(
      Alike alike, Tally.Example example, @Nullable String traceId, int status, String detail) {
    String said = Printable.text(detail, LONGEST_REASON);
    LoggingEventBuilder line = line(alike, example).addKeyValue("count", 1L);
    if (status > 0) {
      line = line.addKeyValue("status", status);
    }
    if (traceId != null) {
      line = line.addKeyValue("trace_id", traceId);
    }
    boolean ours = alike.event() == Event.REFUSED || alike.event() == Event.FAILED;
    line.addKeyValue("detail", said)
        .log(
            "corsac  "
                + (ours ? String.valueOf(status) : alike.event().words())
                + "  "
                + example.client()
                + "  "
                + alike.method()
                + " "
                + example.path()
                + "  "
                + said
                + (ours ? "" : "; " + outcome(alike, status)));
  }

  private static String outcome(Alike alike, int status) {
    if (alike.event() == Event.WOULD_REFUSE) {
      return "passed on";
    }
    return status > 0
        ? "refused with " + status + ", no upstream saw it"
        : "passed on, its response has no CORS headers";
  }

  /** Events that are alike, and of which the first perhaps had a line of its own. */
  void many(Alike alike, Tally.Example example, long count, long seconds) {
    LoggingEventBuilder line = line(alike, example);
    if (!alike.failure().isEmpty()) {
      line = line.addKeyValue("detail", alike.failure());
    }
    line.addKeyValue("count", count)
        .addKeyValue("seconds", seconds)
        .log(
            "corsac  "
                + alike.event().words()
                + "  "
                + count
                + " more in "
                + seconds
                + " s  "
                + alike.method()
                + ", such as "
                + example.path()
                + " from "
                + example.client()
                + ", route "
                + alike.route()
                + "  "
                + alike.reason()
                + (alike.origin().isEmpty() ? "" : "; origin=\"" + alike.origin() + "\"")
                + (alike.kind().isEmpty() ? "" : "; " + alike.kind())
                + (alike.failure().isEmpty() ? "" : "; " + alike.failure()));
  }

  /** Events that have nothing in common. */
  void others(Event event, long count, long seconds) {
    log.atLevel(event.level())
        .addKeyValue("event", event.id())
        .addKeyValue("reason", "others")
        .addKeyValue("count", count)
        .addKeyValue("seconds", seconds)
        .log("corsac  " + event.words() + "  " + count + " others in " + seconds + " s");
  }

  private LoggingEventBuilder line(Alike alike, Tally.Example example) {
    LoggingEventBuilder line =
        log.atLevel(alike.event().level())
            .addKeyValue("event", alike.event().id())
            .addKeyValue("reason", alike.reason());
    if (!alike.kind().isEmpty()) {
      line = line.addKeyValue("kind", alike.kind());
    }
    if (!alike.origin().isEmpty()) {
      line = line.addKeyValue("origin", alike.origin());
    }
    return line.addKeyValue("route", alike.route())
        .addKeyValue("method", alike.method())
        .addKeyValue("path", example.path())
        .addKeyValue("client", example.client());
  }

  /** A connection that was not let in. */
  public void turnedAway(SocketAddress client, String why) {
    if (room.getAsBoolean()) {
      String address = Printable.text(host(client));
      log.atWarn()
          .addKeyValue("event", "turned-away")
          .addKeyValue("client", address)
          .addKeyValue("detail", why)
          .log("corsac  no connection for " + address + ": " + why);
    }
  }

  /** Somebody who may not look at the admin address. */
  void adminRefused(String client, String why) {
    if (room.getAsBoolean()) {
      String address = Printable.text(client);
      log.atWarn()
          .addKeyValue("event", "admin-refused")
          .addKeyValue("client", address)
          .addKeyValue("detail", why)
          .log("corsac  the admin address refuses " + address + ": " + why);
    }
  }

  /** An upstream that has sent what nobody had asked for. */
  public void unasked(SocketAddress upstream, long minutes) {
    if (room.getAsBoolean()) {
      String port = upstream instanceof InetSocketAddress inet ? ":" + inet.getPort() : "";
      String address = Printable.text(host(upstream) + port);
      log.atWarn()
          .addKeyValue("event", "unasked-response")
          .addKeyValue("upstream", address)
          .log(
              "corsac  the upstream at "
                  + address
                  + " has sent bytes that no request asked for; for "
                  + minutes
                  + " minutes, each connection to it serves one request only");
    }
  }

  private static String host(SocketAddress address) {
    return address instanceof InetSocketAddress inet && inet.getAddress() != null
        ? inet.getAddress().getHostAddress()
        : "an unknown address";
  }
}
