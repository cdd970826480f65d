package dev.corsac.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An upstream of HTTP/2 in cleartext that sends the frames that it is told to. */
final class RawHttp2Upstream implements AutoCloseable {
  private static final int PREFACE = 24;
  private static final int ACK = 1;
  private static final int PADDED_OR_PRIORITY = 0x28;

  private final ServerSocket socket;
  private final Script script;
  private final AtomicInteger connections = new AtomicInteger();
  private final List<Http2Headers> heads = new CopyOnWriteArrayList<>();

  /** What is sent in response to a request. */
  @FunctionalInterface
  interface Script {
    void respond(Http2Headers head, Stream stream) throws IOException;
  }

  RawHttp2Upstream(Script script) {
    this.script = script;
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** The heads of the requests that have come. */
  List<Http2Headers> heads() {
    return heads;
  }

  int connections() {
    return connections.get();
  }

  /** One stream of a connection. */
  static final class Stream {
    private final DataOutputStream out;
    private final int id;

    private Stream(DataOutputStream out, int id) {
      this.out = out;
      this.id = id;
    }

    /** Names and values by turns; nothing is checked. */
    Stream head(boolean last, String... fields) throws IOException {
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      for (int i = 0; i < fields.length; i += 2) {
        // A literal without indexing, whose name is new (RFC 7541 section 6.2.2).
        block.write(0);
        for (String text : List.of(fields[i], fields[i + 1])) {
          block.write(text.length());
          block.writeBytes(text.getBytes(ISO_8859_1));
        }
      }
      return frame(
          RawHttp2.HEADERS,
          RawHttp2.END_HEADERS | (last ? RawHttp2.END_STREAM : 0),
          block.toByteArray());
    }

    Stream data(boolean last, String text) throws IOException {
      return frame(RawHttp2.DATA, last ? RawHttp2.END_STREAM : 0, text.getBytes(ISO_8859_1));
    }

    void reset(int code) throws IOException {
      frame(RawHttp2.RST_STREAM, 0, new byte[] {0, 0, 0, (byte) code});
    }

    private Stream frame(int type, int flags, byte[] payload) throws IOException {
      write(out, type, flags, id, payload);
      return this;
    }
  }

  private static void write(DataOutputStream out, int type, int flags, int stream, byte[] payload)
      throws IOException {
    out.writeInt((payload.length << 8) | type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
    out.flush();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        connections.incrementAndGet();
        start(() -> serve(connection));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      DataInputStream in = new DataInputStream(connection.getInputStream());
      DataOutputStream out = new DataOutputStream(connection.getOutputStream());
      DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
      in.readFully(new byte[PREFACE]);
      write(out, RawHttp2.SETTINGS, 0, 0, new byte[0]);
      while (true) {
        int lengthAndType = in.readInt();
        int flags = in.readUnsignedByte();
        int id = in.readInt();
        byte[] payload = new byte[lengthAndType >>> 8];
        in.readFully(payload);
        int type = lengthAndType & 0xff;
        if (type == RawHttp2.SETTINGS && (flags & ACK) == 0) {
          write(out, RawHttp2.SETTINGS, ACK, 0, new byte[0]);
        } else if (type == RawHttp2.HEADERS) {
          int skipped = (flags & PADDED_OR_PRIORITY) == 0 ? 0 : 5;
          Http2Headers head =
              decoder.decodeHeaders(
                  id, Unpooled.wrappedBuffer(payload, skipped, payload.length - skipped));
          heads.add(head);
          script.respond(head, new Stream(out, id));
        }
      }
    } catch (IOException | Http2Exception e) {
      // The gateway has had enough.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "raw-http2-upstream");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
