package dev.corsac.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A client of HTTP/2 (prior knowledge) that sends header lists no library would. */
final class Http2Client implements AutoCloseable {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int GOAWAY = 7;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int PRIORITY = 32;

  private final Socket socket;
  private final DataInputStream in;
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder();
  private final Map<Integer, StringBuilder> responses = new HashMap<>();

  Http2Client(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    in = new DataInputStream(socket.getInputStream());
    socket
        .getOutputStream()
        .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    frame(SETTINGS, 0, 0, new byte[0]);
  }

  void get(int stream, String path) throws IOException {
    send(stream, true, ":method", "GET", ":scheme", "http", ":authority", "a", ":path", path);
  }

  /** Sends a head: names and values in turn. */
  void send(int stream, boolean end, String... fields) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      block.write(0);
      string(block, fields[i]);
      string(block, fields[i + 1]);
    }
    frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block.toByteArray());
  }

  void data(int stream, boolean end, String text) throws IOException {
    frame(DATA, end ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void string(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    // RFC 7541 section 5.1, for lengths below 255.
    if (bytes.length < 127) {
      block.write(bytes.length);
    } else {
      block.write(127);
      block.write(bytes.length - 127);
    }
    block.writeBytes(bytes);
  }

  private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
    frame.put((byte) 0).putShort((short) payload.length).put((byte) type).put((byte) flags);
    frame.putInt(stream).put(payload);
    socket.getOutputStream().write(frame.array());
  }

  /** The status and the body of a stream's response; {@code reset} if it is reset. */
  String response(int stream) throws IOException {
    while (!ended(stream)) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int id = in.readInt();
      StringBuilder response = responses.computeIfAbsent(id, none -> new StringBuilder());
      byte[] payload = in.readNBytes(length);
      switch (type) {
        case HEADERS -> response.append(status(id, flags, payload)).append(' ');
        case DATA -> response.append(new String(payload, StandardCharsets.ISO_8859_1));
        case RST_STREAM -> response.append("reset\n");
        case GOAWAY -> throw new IOException("GOAWAY " + payload[7]);
        default -> {
          // Settings and windows.
        }
      }
      if ((type == HEADERS || type == DATA) && (flags & END_STREAM) != 0) {
        response.append('\n');
      }
    }
    return responses.getOrDefault(stream, new StringBuilder()).toString().strip();
  }

  private boolean ended(int stream) {
    StringBuilder response = responses.get(stream);
    return response != null && response.indexOf("\n") >= 0;
  }

  private String status(int stream, int flags, byte[] payload) throws IOException {
    int skipped = (flags & PRIORITY) == 0 ? 0 : 5;
    try {
      ByteBuf block = Unpooled.wrappedBuffer(payload).skipBytes(skipped);
      return String.valueOf(decoder.decodeHeaders(stream, block).status());
    } catch (Http2Exception e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
