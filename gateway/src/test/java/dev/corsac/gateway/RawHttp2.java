package dev.corsac.gateway;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A client of HTTP/2 that sends any frame, in any order, and acknowledges nothing by itself. */
final class RawHttp2 implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  static final int ENHANCE_YOUR_CALM = 11;

  private static final int INITIAL_WINDOW_SIZE = 4;

  private final Socket socket;
  private final DataInputStream in;

  /** A frame that came. */
  record Frame(int type, int flags, int stream, Buffer payload) {
    /** The error code of a GOAWAY. */
    int error() {
      return payload.getInt(4);
    }

    /** The last stream of a GOAWAY. */
    int lastStream() {
      return payload.getInt(0);
    }
  }

  RawHttp2(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    in = new DataInputStream(socket.getInputStream());
    socket
        .getOutputStream()
        .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  /** As clients begin. */
  RawHttp2 settings() throws IOException {
    return send(SETTINGS, 0, 0);
  }

  /** Begins with windows for streams that let nothing through. */
  RawHttp2 noWindow() throws IOException {
    return send(SETTINGS, 0, 0, 0, INITIAL_WINDOW_SIZE, 0, 0, 0, 0);
  }

  RawHttp2 send(int type, int flags, int stream, int... payload) throws IOException {
    byte[] bytes = new byte[payload.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) payload[i];
    }
    return send(type, flags, stream, bytes);
  }

  RawHttp2 send(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
    frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
    frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
    socket.getOutputStream().write(frame.array());
    return this;
  }

  RawHttp2 get(int stream, String path) throws IOException {
    return send(HEADERS, END_HEADERS | END_STREAM, stream, head(path));
  }

  /** A GET's pseudo-header fields (RFC 7541): indexed ones, and literals without indexing. */
  static byte[] head(String path) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(0x82);
    block.write(0x86);
    block.write(0x04);
    text(block, path);
    block.write(0x01);
    text(block, "api.example");
    return block.toByteArray();
  }

  static byte[] header(String name, String value) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(0);
    text(block, name);
    text(block, value);
    return block.toByteArray();
  }

  private static void text(ByteArrayOutputStream block, String text) {
    int length = text.length();
    if (length < 127) {
      block.write(length);
    } else {
      block.write(127);
      for (length -= 127; length >= 128; length >>= 7) {
        block.write(length % 128 + 128);
      }
      block.write(length);
    }
    block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The next frame; null at the end of the connection. */
  @Nullable Frame next() throws IOException {
    try {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      return new Frame(type, flags, stream, Buffer.buffer(in.readNBytes(length)));
    } catch (EOFException | SocketException e) {
      return null;
    } catch (SocketTimeoutException e) {
      throw new AssertionError("nothing came, and the connection stays", e);
    }
  }

  /** The next frame of a type; null if the connection ends before. */
  @Nullable Frame next(int type) throws IOException {
    Frame frame = next();
    while (frame != null && frame.type() != type) {
      frame = next();
    }
    return frame;
  }

  /** Whether a frame of this type and stream comes. */
  boolean gets(int type, int stream) throws IOException {
    Frame frame = next(type);
    while (frame != null && frame.stream() != stream) {
      frame = next(type);
    }
    return frame != null;
  }

  /** The error code with which the gateway ends the connection. */
  int endsWith() throws IOException {
    int error = -1;
    for (Frame frame = next(); frame != null; frame = next()) {
      if (frame.type() == GOAWAY) {
        error = frame.error();
      }
    }
    return error;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
