package dev.corsac.contract;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 client that sends exactly the bytes it is given: no library would send two Origins.
 */
final class RawConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 15_000;

  /**
   * A response as received.
   *
   * @param status the status code; 0 if the server closed the connection instead
   */
  record Response(int status, List<Reply.Header> headers, String body) {
    private static final Response CLOSED = new Response(0, List.of(), "");

    List<String> lines(String name) {
      return headers.stream()
          .filter(header -> header.name().equalsIgnoreCase(name))
          .map(Reply.Header::value)
          .toList();
    }
  }

  private final Socket socket;
  private final InputStream in;

  RawConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends from a thread of its own, since a server may answer before it has read all of it. */
  void send(String text) {
    Thread writer =
        new Thread(
            () -> {
              try {
                OutputStream out = socket.getOutputStream();
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
              } catch (IOException e) {
                // The server has heard enough; what it answered is read below.
              }
            },
            "contract-writer");
    writer.setDaemon(true);
    writer.start();
  }

  /** The next response. */
  Response receive(String method) throws IOException {
    try {
      while (true) {
        String statusLine = line();
        if (statusLine == null) {
          return Response.CLOSED;
        }
        int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
        List<Reply.Header> headers = new ArrayList<>();
        for (String line = line(); line != null && !line.isEmpty(); line = line()) {
          int colon = line.indexOf(':');
          headers.add(
              new Reply.Header(line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        if (status >= 200) {
          Response head = new Response(status, headers, "");
          boolean empty = method.equals("HEAD") || status == 204 || status == 304;
          return empty ? head : new Response(status, headers, body(head));
        }
      }
    } catch (SocketException e) {
      return Response.CLOSED;
    }
  }

  private String body(Response head) throws IOException {
    List<String> length = head.lines("Content-Length");
    if (!length.isEmpty()) {
      return text(in.readNBytes(Integer.parseInt(length.get(0))));
    }
    String coding = String.join(",", head.lines("Transfer-Encoding")).toLowerCase(Locale.ROOT);
    if (!coding.equals("chunked")) {
      return text(in.readAllBytes());
    }
    StringBuilder body = new StringBuilder();
    while (true) {
      String size = line();
      if (size == null) {
        throw new EOFException("in a chunked body");
      }
      byte[] chunk = in.readNBytes(Integer.parseInt(size.strip(), 16));
      body.append(text(chunk));
      line();
      if (chunk.length == 0) {
        return body.toString();
      }
    }
  }

  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return line.size() == 0 ? null : text(line.toByteArray());
      }
      line.write(b);
    }
    return text(line.toByteArray()).stripTrailing();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
