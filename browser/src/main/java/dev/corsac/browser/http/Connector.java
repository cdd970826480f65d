package dev.corsac.browser.http;

import dev.corsac.browser.TransportException;
import dev.corsac.browser.TransportException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Connects to a host as browsers do: to each of its addresses until one accepts (RFC 8305, without
 * the head start). The addresses of {@code localhost} are 127.0.0.1 and ::1, whatever the resolver
 * says (https://datatracker.ietf.org/doc/html/draft-ietf-dnsop-let-localhost-be-localhost).
 */
final class Connector {
  private Connector() {}

  /**
   * A socket that is connected.
   *
   * @param end when the time is over, of {@link System#nanoTime}
   */
  static Socket connect(String host, int port, long end) throws TransportException {
    List<InetAddress> addresses = addresses(host);
    IOException last = new UnknownHostException(host);
    for (int i = 0; i < addresses.size(); i++) {
      // Each address that is left has its share: one that swallows packets costs not all the time.
      long share = (end - System.nanoTime()) / 1_000_000 / (addresses.size() - i);
      if (share <= 0) {
        throw inTime(host, port);
      }
      try {
        return connect(new InetSocketAddress(addresses.get(i), port), share);
      } catch (IOException noConnection) {
        last = more(last, noConnection);
      }
    }
    throw unreachable(host, port, last);
  }

  private static Socket connect(InetSocketAddress address, long millis) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(address, (int) Math.min(millis, Integer.MAX_VALUE));
      return socket;
    } catch (IOException noConnection) {
      socket.close();
      throw noConnection;
    }
  }

  /** What an address that answers says tells more than one that does not exist here. */
  private static IOException more(IOException before, IOException now) {
    boolean refused = isRefused(before) && !(now instanceof SocketTimeoutException);
    return refused ? before : now;
  }

  private static boolean isRefused(IOException failed) {
    return failed instanceof ConnectException
        && String.valueOf(failed.getMessage()).contains("refused");
  }

  private static List<InetAddress> addresses(String host) throws TransportException {
    try {
      if (host.equals("localhost") || host.endsWith(".localhost")) {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        return List.of(
            InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}),
            InetAddress.getByAddress(host, loopback));
      }
      return new ArrayList<>(Arrays.asList(InetAddress.getAllByName(host)));
    } catch (UnknownHostException unknown) {
      throw new TransportException(
          Reason.NAME_NOT_RESOLVED, "the name " + host + " has no address");
    }
  }

  private static TransportException unreachable(String host, int port, IOException cause) {
    if (cause instanceof SocketTimeoutException) {
      return inTime(host, port);
    }
    return isRefused(cause)
        ? new TransportException(Reason.CONNECTION_REFUSED, "nothing listens at " + at(host, port))
        : new TransportException(
            Reason.UNREACHABLE, "no connection to " + at(host, port) + ": " + cause.getMessage());
  }

  private static TransportException inTime(String host, int port) {
    return new TransportException(
        Reason.TIMEOUT, "no connection to " + at(host, port) + " in time");
  }

  private static String at(String host, int port) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** A time in words, as far as it matters: {@code 4 s}, {@code 0.5 s}. */
  static String seconds(Duration time) {
    long tenths = Math.max(1, Math.round(time.toMillis() / 100.0));
    return tenths % 10 == 0 || tenths >= 20
        ? Math.round(tenths / 10.0) + " s"
        : tenths / 10 + "." + tenths % 10 + " s";
  }
}
