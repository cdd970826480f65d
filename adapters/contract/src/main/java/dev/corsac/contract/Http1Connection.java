package dev.corsac.contract;

import dev.corsac.contract.Case.Request;
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
 * One HTTP/1.1 connection, which sends exactly the bytes of a case: no library would send two
 * Origins.
 */
final class Http1Connection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 15_000;

  private final Socket socket;
  private final InputStream in;

  private Http1Connection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /**
   * Sends all requests at once; one by itself asks to close. Behind others, a server may take that
   * for the whole connection.
   */
  static List<Response> exchange(int port, List<Request> requests) throws IOException {
    StringBuilder bytes = new StringBuilder();
    for (Request request : requests) {
      bytes.append(bytes(request, requests.size() == 1));
    }
    List<Response> responses = new ArrayList<>();
    try (Http1Connection connection = new Http1Connection(port)) {
      connection.send(bytes.toString());
      for (Request request : requests) {
        responses.add(connection.receive(request.method()));
      }
    }
    return responses;
  }

  private static String bytes(Request request, boolean alone) {
    StringBuilder head = new StringBuilder();
    head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
    if (!request.headers().containsKey("Host")) {
      line(head, "Host", "localhost");
    }
    request.headers().forEach((name, values) -> values.forEach(value -> line(head, name, value)));
    if (alone) {
      line(head, "Connection", "close");
    }
    String body = request.body();
    if (body == null) {
      return head.append("\r\n").toString();
    }
    line(head, "Content-Length", String.valueOf(body.length()));
    return head.append("\r\n").append(body).toString();
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }

  /** Sends from a thread of its own, since a server may answer before it has read all of it. */
  private void send(String text) {
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
  private Response receive(String method) throws IOException {
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
