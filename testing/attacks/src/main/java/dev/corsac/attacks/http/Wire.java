package dev.corsac.attacks.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A connection's bytes, as text in which a character is a byte. */
public final class Wire {
  private final Socket socket;
  private final InputStream in;
  private final StringBuilder unread = new StringBuilder();
  private final byte[] buffer = new byte[16 * 1024];
  private boolean ended;

  public Wire(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  public String unread() {
    return unread.toString();
  }

  public String take(int length) {
    String taken = unread.substring(0, length);
    unread.delete(0, length);
    return taken;
  }

  /** Whether the other side has closed. */
  boolean ended() {
    return ended;
  }

  public boolean available() throws IOException {
    return in.available() > 0;
  }

  /**
   * Waits for more; false if none comes any more, or not in time.
   *
   * @param millis 0 for ever
   */
  public boolean read(int millis) throws IOException {
    if (ended) {
      return false;
    }
    try {
      socket.setSoTimeout(millis);
      int length = in.read(buffer);
      if (length >= 0) {
        unread.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
        return true;
      }
      ended = true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      ended = true;
    }
    return false;
  }

  public void send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Takes and forgets what comes until the other side closes, up to a time. */
  public void skipRest(int millis) throws IOException {
    long end = System.nanoTime() + millis * 1_000_000L;
    for (long left = millis; left > 0; left = (end - System.nanoTime()) / 1_000_000) {
      if (!read((int) left)) {
        return;
      }
      unread.setLength(0);
    }
  }
}
