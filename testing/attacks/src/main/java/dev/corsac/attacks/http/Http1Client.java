package dev.corsac.attacks.http;

import dev.corsac.attacks.http.Reading.Unfinished;
import dev.corsac.attacks.http.Reading.Whole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** One HTTP/1 connection that sends whatever bytes it is told, and reads responses strictly. */
public final class Http1Client implements AutoCloseable {
  private final Socket socket;
  private final Wire wire;
  private final StringBuilder received = new StringBuilder();
  private final List<Integer> interim = new ArrayList<>();

  public Http1Client(int port) throws IOException {
    this(port, InetAddress.getLoopbackAddress());
  }

  /**
   * Connects from an address of choice.
   *
   * @param from a loopback address, as 127.1.2.3
   */
  public Http1Client(int port, InetAddress from) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port, from, 0);
    socket.setTcpNoDelay(true);
    wire = new Wire(socket);
  }

  /** Sends as much as the other side takes: it may close before it has all. */
  public void send(String bytes) {
    try {
      wire.send(bytes);
    } catch (IOException e) {
      // What it said before it closed is read as ever.
    }
  }

  /** Sends from a thread of its own, for what is too long for the buffers between. */
  public void sendAside(String bytes) {
    Threads.start("client", () -> send(bytes));
  }

  /**
   * The next final response, or what there is of it when the other side closes or time is up.
   *
   * @param method of its request
   */
  public Reading response(String method, int millis) throws IOException {
    long end = System.nanoTime() + millis * 1_000_000L;
    while (true) {
      Reading reading = Http1Reader.STRICT.response(wire.unread(), 0, method, wire.ended());
      if (reading instanceof Whole whole) {
        received.append(wire.take(whole.end()));
        int status = whole.message().status();
        if (status >= 200 || status == 101) {
          return reading;
        }
        interim.add(status);
        continue;
      }
      long left = (end - System.nanoTime()) / 1_000_000;
      boolean more = reading instanceof Unfinished && left > 0 && wire.read((int) left);
      if (!more && !(reading instanceof Unfinished && wire.ended() && isUntilClose(method))) {
        return reading;
      }
    }
  }

  /** Whether the end of the connection has just completed a response. */
  private boolean isUntilClose(String method) {
    return Http1Reader.STRICT.response(wire.unread(), 0, method, true) instanceof Whole;
  }

  /** Waits for the other side to close; what it sends until then is in {@link #received}. */
  public boolean closes(int millis) throws IOException {
    long end = System.nanoTime() + millis * 1_000_000L;
    while (!wire.ended()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0 || (!wire.read((int) left) && !wire.ended())) {
        return false;
      }
    }
    return true;
  }

  /** All bytes that came, read or not. */
  public String received() {
    return received + wire.unread();
  }

  /** Starts anew, on the same connection. */
  public void forget() {
    received.setLength(0);
    interim.clear();
  }

  /** What came and belongs to no response that was read. */
  public String unread() {
    return wire.unread();
  }

  public boolean ended() {
    return wire.ended();
  }

  /** The statuses of the interim responses. */
  public List<Integer> interim() {
    return interim;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
