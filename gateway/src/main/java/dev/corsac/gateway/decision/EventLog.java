package dev.corsac.gateway.decision;

import dev.corsac.CorsRequest;
import dev.corsac.Decision;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator wants to see of requests: what was denied, and what went wrong. One line each,
 * escaped, and no more than {@value #LINES_A_SECOND} a second. Thread-safe.
 */
public final class EventLog {
  public static final int LINES_A_SECOND = 20;
  private static final int LONGEST = 128;
  private static final int LONGEST_REASON = 512;

  private static final Logger log = LoggerFactory.getLogger("corsac");

  private final BooleanSupplier room;

  /**
   * @param room whether there is room for one more line now
   */
  public EventLog(BooleanSupplier room) {
    this.room = room;
  }

  /** Says how many lines had no room. */
  public static void leftOut(long lines) {
    log.info("corsac  … and {} more lines like these in one second", lines);
  }

  /**
   * A decision, if it is against the request, or would be if what {@code enforce_report} names were
   * enforced. The line says whether anything ran, which is what an attack is about.
   */
  public void decided(CorsRequest request, Decision decision) {
    if (decision.reported().isPresent()) {
      reported(request, decision);
    } else if (!decision.reason().allowed()) {
      denied(request, decision);
    }
  }

  private void denied(CorsRequest request, Decision decision) {
    if (room.getAsBoolean()) {
      log.info(
          "corsac  denied  {}  {}; {}",
          line(request),
          decision.describe(request),
          decision instanceof Decision.Answer answer
              ? "refused with " + answer.status() + ", no upstream saw it"
              : "passed on, its response has no CORS headers");
    }
  }

  private void reported(CorsRequest request, Decision decision) {
    if (room.getAsBoolean()) {
      log.info(
          "corsac  would refuse  {}  {}; passed on", line(request), decision.describe(request));
    }
  }

  /** A line of a candidate policy, which has a limit of its own. */
  public static void shadow(String line) {
    log.info("corsac  {}", line);
  }

  public void refused(CorsRequest request, int status, String why) {
    if (room.getAsBoolean()) {
      log.info("corsac  {}  {}  {}", status, line(request), printable(why, LONGEST_REASON));
    }
  }

  public void failed(CorsRequest request, int status, String why) {
    if (room.getAsBoolean()) {
      log.warn("corsac  {}  {}  {}", status, line(request), printable(why, LONGEST_REASON));
    }
  }

  /** A connection that was not let in. */
  public void turnedAway(SocketAddress client, String why) {
    if (room.getAsBoolean()) {
      log.warn(
          "corsac  no connection for {}: {}",
          printable(host(client), LONGEST),
          printable(why, LONGEST_REASON));
    }
  }

  /** An upstream that has sent what nobody had asked for. */
  public void unasked(SocketAddress upstream, long minutes) {
    if (room.getAsBoolean()) {
      String port = upstream instanceof InetSocketAddress inet ? ":" + inet.getPort() : "";
      log.warn(
          "corsac  the upstream at {} has sent bytes that no request asked for; for {} minutes, each"
              + " connection to it serves one request only",
          printable(host(upstream) + port, LONGEST),
          minutes);
    }
  }

  private static String host(SocketAddress address) {
    return address instanceof InetSocketAddress inet && inet.getAddress() != null
        ? inet.getAddress().getHostAddress()
        : "an unknown address";
  }

  private static String line(CorsRequest request) {
    String client = request instanceof GatewayRequest ours ? ours.client() : "-";
    return word(client) + "  " + word(request.method()) + " " + word(request.path());
  }

  /** Text without a blank, so that a line can be taken apart again. */
  private static String word(String text) {
    return printable(text, LONGEST).replace(' ', '?');
  }

  /** Printable ASCII, cut to a length and saying so: neither splits a line nor fills it. */
  static String printable(String text, int longest) {
    StringBuilder printable = new StringBuilder(Math.min(text.length(), longest) + 1);
    for (int i = 0; i < text.length() && i < longest; i++) {
      char c = text.charAt(i);
      printable.append(c >= ' ' && c < 0x7f ? c : '?');
    }
    return text.length() > longest ? printable.append('…').toString() : printable.toString();
  }
}
