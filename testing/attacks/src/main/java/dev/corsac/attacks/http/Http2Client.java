package dev.corsac.attacks.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One HTTP/2 connection that sends whatever frames it is told (RFC 9113, prior knowledge). */
public final class Http2Client implements AutoCloseable {
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final int HEAD_OF_FRAME = 9;
  private static final long MOST_HEADERS = 1 << 20;
  private static final int PADDED = 8;
  private static final int PRIORITY = 32;
  private static final int LENGTH_OF_PRIORITY = 5;

  private final Socket socket;
  private final Wire wire;
  private final DefaultHttp2HeadersDecoder decoder =
      new DefaultHttp2HeadersDecoder(false, MOST_HEADERS);
  private final Map<Integer, Stream> streams = new HashMap<>();
  private final StringBuilder received = new StringBuilder();
  private final StringBuilder block = new StringBuilder();
  private boolean goAway;

  /** What came on a stream. */
  public static final class Stream {
    private final StringBuilder body = new StringBuilder();
    private String status = "";
    private boolean ended;
    private boolean reset;
    private boolean lastHead;

    /** Empty as long as there is no final response. */
    public String status() {
      return status;
    }

    public String body() {
      return body.toString();
    }

    public boolean whole() {
      return ended;
    }

    public boolean reset() {
      return reset;
    }
  }

  public Http2Client(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    wire = new Wire(socket);
    send(PREFACE + Http2Frame.of(Http2Frame.SETTINGS, 0, 0, ""));
  }

  public void send(String bytes) {
    try {
      wire.send(bytes);
    } catch (IOException e) {
      // What it said before it closed is read as ever.
    }
  }

  /** Sends a whole request without a body. */
  public void get(int stream, String target) {
    send(
        Http2Frame.of(
            Http2Frame.HEADERS,
            Http2Frame.END_STREAM | Http2Frame.END_HEADERS,
            stream,
            Http2Frame.headerBlock(
                List.of(
                    List.of(":method", "GET"),
                    List.of(":scheme", "http"),
                    List.of(":authority", "a.example"),
                    List.of(":path", target)))));
  }

  /** Waits until a stream has ended one way or another; false if time is up. */
  public boolean ends(int stream, int millis) throws IOException {
    long end = System.nanoTime() + millis * 1_000_000L;
    while (true) {
      readFrames();
      Stream on = on(stream);
      if (on.ended || on.reset || wire.ended()) {
        return true;
      }
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0 || (!wire.read((int) left) && !wire.ended())) {
        return false;
      }
    }
  }

  public Stream on(int stream) {
    return streams.computeIfAbsent(stream, id -> new Stream());
  }

  /** Whether the other side has given up the connection. */
  public boolean gone() {
    return goAway || wire.ended();
  }

  /** The contents and header values of all that came. */
  public String received() {
    return received.toString();
  }

  /** Takes what was rightly received out of {@link #received}. */
  public void forget(String text) {
    String rest = received.toString().replace(text, "");
    received.setLength(0);
    received.append(rest);
  }

  private void readFrames() throws IOException {
    while (true) {
      String bytes = wire.unread();
      if (bytes.length() < HEAD_OF_FRAME) {
        return;
      }
      int length = (int) number(bytes, 0, 3);
      if (bytes.length() < HEAD_OF_FRAME + length) {
        return;
      }
      String frame = wire.take(HEAD_OF_FRAME + length);
      take(
          frame.charAt(3),
          frame.charAt(4),
          (int) number(frame, 5, 4) & Integer.MAX_VALUE,
          frame.substring(HEAD_OF_FRAME));
    }
  }

  private void take(int type, int flags, int stream, String payload) throws IOException {
    Stream on = on(stream);
    if (type == Http2Frame.DATA) {
      String content = withoutPadding(payload, flags);
      on.body.append(content);
      received.append(content);
      on.ended |= (flags & Http2Frame.END_STREAM) != 0;
    } else if (type == Http2Frame.HEADERS) {
      String content = withoutPadding(payload, flags);
      block.append(content.substring((flags & PRIORITY) == 0 ? 0 : LENGTH_OF_PRIORITY));
      on.lastHead = (flags & Http2Frame.END_STREAM) != 0;
      endHead(on, stream, flags);
    } else if (type == Http2Frame.CONTINUATION) {
      block.append(payload);
      endHead(on, stream, flags);
    } else if (type == Http2Frame.RST_STREAM) {
      on.reset = true;
    } else if (type == Http2Frame.GOAWAY) {
      goAway = true;
    } else if (type == Http2Frame.SETTINGS && (flags & Http2Frame.ACK) == 0) {
      send(Http2Frame.of(Http2Frame.SETTINGS, Http2Frame.ACK, 0, ""));
    } else if (type == Http2Frame.PING && (flags & Http2Frame.ACK) == 0) {
      send(Http2Frame.of(Http2Frame.PING, Http2Frame.ACK, 0, payload));
    }
  }

  private static String withoutPadding(String payload, int flags) {
    return (flags & PADDED) == 0
        ? payload
        : payload.substring(1, payload.length() - payload.charAt(0));
  }

  private void endHead(Stream on, int stream, int flags) throws IOException {
    if ((flags & Http2Frame.END_HEADERS) != 0) {
      takeHead(on, stream, block.toString());
      block.setLength(0);
      on.ended |= on.lastHead;
    }
  }

  private void takeHead(Stream on, int stream, String head) throws IOException {
    ByteBuf bytes = Unpooled.wrappedBuffer(head.getBytes(StandardCharsets.ISO_8859_1));
    try {
      Http2Headers lines = decoder.decodeHeaders(stream, bytes);
      CharSequence status = lines.status();
      if (status != null && status.charAt(0) != '1') {
        on.status = status.toString();
      }
      lines.forEach(line -> received.append(line.getKey() + ": " + line.getValue() + "\n"));
    } catch (Http2Exception e) {
      throw new IOException("a head that cannot be decoded", e);
    }
  }

  private static long number(String bytes, int at, int length) {
    long number = 0;
    for (int i = at; i < at + length; i++) {
      number = number << 8 | bytes.charAt(i);
    }
    return number;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
