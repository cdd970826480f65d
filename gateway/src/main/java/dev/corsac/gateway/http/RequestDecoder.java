package dev.corsac.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.AsciiString;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.impl.http1.VertxHttpRequestDecoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the requests of HTTP/1, stricter than Netty: marks as unreadable those in which Netty takes
 * one thing for another before anybody can see it.
 *
 * <p>Those are a bare CR for an empty line before the request, a tab or the like for the space in a
 * request line, {@code http/1.1} for {@code HTTP/1.1}, a folded header line for a whole one, and in
 * HTTP/1.0 the first of several lengths.
 */
public final class RequestDecoder extends VertxHttpRequestDecoder {
  /** Of a request's or a response's head: twice what common servers take. */
  public static final int MOST_HEAD = 64 * 1024;

  /** As many lines as the fields of a head or of trailers may have; common servers take 100. */
  public static final int MOST_FIELDS = 256;

  /** Of a request line or a status line. */
  public static final int MOST_LINE = 16 * 1024;

  /** Of a body that is passed on as one object: all that is read at once. */
  public static final int MOST_PIECE = 16 * 1024;

  /** Vert.x' name of the handler that this one stands in for. */
  private static final String NAME = "httpDecoder";

  private static final String LINE = "the request line is malformed.";
  private static final String H2C = "h2c";

  private boolean inHead = true;

  /** Whether nothing but empty lines has come since the last request. */
  private boolean beforeLine = true;

  private boolean afterCr;
  private int lengths;
  private int lines;
  private @Nullable String problem;
  private boolean handshake;
  private boolean holding;

  /** Bytes of fields that are read, of a head or of trailers that are not whole. */
  private int fields;

  /** Bytes that are not read, since they are not a whole line. */
  private int rest;

  private @Nullable ChannelHandlerContext context;
  private Runnable removed = () -> {};

  /**
   * A decoder of one connection.
   *
   * @param mostLine the most bytes of a request line
   * @param mostHead the most bytes of a head
   */
  public RequestDecoder(int mostLine, int mostHead) {
    super(
        new Http1ServerConfig()
            .setMaxInitialLineLength(mostLine)
            .setMaxHeaderSize(mostHead)
            .setMaxChunkSize(MOST_PIECE));
  }

  /**
   * Puts it into a client's connection, before its first request is whole.
   *
   * @param before the last byte that the decoder before it has read; it has gone if it is a CR
   * @param removed what to do when Vert.x has taken it out again, since the connection is a tunnel
   */
  public void install(ChannelPipeline pipeline, byte before, Runnable removed) {
    afterCr = before == '\r';
    this.removed = removed;
    pipeline.replace(NAME, NAME, this);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    context = ctx;
    super.handlerAdded(ctx);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
    super.handlerRemoved0(ctx);
    removed.run();
  }

  /**
   * Whether a WebSocket handshake has been read, so that what comes behind it is either of the
   * tunnel or, if the handshake is refused, another request. It is not read until that is known.
   */
  public boolean isHolding() {
    return holding;
  }

  /** Bytes of a head, or of trailers, that are not whole. */
  public int unfinished() {
    return fields + rest;
  }

  /** Lets go at once of what is not whole; the connection is about to end. */
  public void forget() {
    ChannelHandlerContext ctx = context;
    reset();
    if (ctx != null && !ctx.isRemoved()) {
      try {
        // It resets itself when it is asked to decode.
        super.decode(ctx, Unpooled.EMPTY_BUFFER, new ArrayList<>(0));
      } catch (Exception e) {
        ctx.fireExceptionCaught(e);
      }
    }
    fields = 0;
    rest = 0;
  }

  /** How many lines of these are whole. */
  public int lines() {
    return lines;
  }

  /** What comes behind the handshake is HTTP. */
  public void goOn() {
    ChannelHandlerContext ctx = context;
    holding = false;
    if (ctx == null || ctx.isRemoved()) {
      return;
    }
    try {
      channelRead(ctx, Unpooled.EMPTY_BUFFER);
      channelReadComplete(ctx);
    } catch (Exception e) {
      ctx.fireExceptionCaught(e);
    }
  }

  /** What comes behind the handshake is of the tunnel. */
  public void letGo() {
    holding = false;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (holding) {
      return;
    }
    int start = in.readerIndex();
    int before = out.size();
    if (beforeLine) {
      lookAtEmptyLines(in, start);
    }
    super.decode(context, in, out);
    fields = beforeLine || out.size() > before ? 0 : fields + in.readerIndex() - start;
    rest = in.readableBytes();
    if (inHead && hasFoldedLine(in, start, in.readerIndex())) {
      problem = "a header line is folded.";
    }
    for (int i = before; i < out.size(); i++) {
      Object read = out.get(i);
      if (read instanceof HttpRequest request) {
        headEnds(request);
      }
      if (read instanceof LastHttpContent) {
        inHead = true;
        beforeLine = true;
        lines = 0;
        holding = handshake;
      }
    }
  }

  /** RFC 9112 section 2.2: a CR that no LF follows ends no line. */
  private void lookAtEmptyLines(ByteBuf in, int start) {
    for (int i = start; i < in.writerIndex() && beforeLine; i++) {
      byte next = in.getByte(i);
      if (afterCr && next != '\n') {
        problem = LINE;
      }
      afterCr = next == '\r';
      beforeLine = afterCr || next == '\n';
    }
  }

  /** Netty takes a head line by line, so what it has taken begins with one. */
  private static boolean hasFoldedLine(ByteBuf in, int from, int to) {
    if (from < to && isBlank(in.getByte(from))) {
      return true;
    }
    for (int end = in.indexOf(from, to, (byte) '\n');
        end >= 0;
        end = in.indexOf(end + 1, to, (byte) '\n')) {
      if (end + 1 < to && isBlank(in.getByte(end + 1))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  private void headEnds(HttpRequest request) {
    if (problem != null) {
      request.setDecoderResult(DecoderResult.failure(new MalformedMessageException(problem)));
    }
    stayWithHttp1(request.headers());
    handshake =
        request.headers().contains(HttpHeaderNames.UPGRADE)
            && Token.isListed(request.headers().getAll(HttpHeaderNames.UPGRADE), "websocket");
    inHead = false;
    lengths = 0;
    lines = 0;
    problem = null;
  }

  /** RFC 9113 section 3.1 has taken away the upgrade to HTTP/2, which Vert.x still makes. */
  private static void stayWithHttp1(HttpHeaders headers) {
    if (!headers.contains(HttpHeaderNames.UPGRADE)) {
      return;
    }
    List<String> protocols = headers.getAll(HttpHeaderNames.UPGRADE);
    if (protocols.stream().anyMatch(H2C::equalsIgnoreCase)) {
      headers.remove(HttpHeaderNames.UPGRADE);
      protocols.stream()
          .filter(protocol -> !H2C.equalsIgnoreCase(protocol))
          .forEach(protocol -> headers.add(HttpHeaderNames.UPGRADE, protocol));
    }
  }

  @Override
  protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
    checkSeparator(line, start + length);
    return super.splitFirstWordInitialLine(line, start, length);
  }

  @Override
  protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
    checkSeparator(line, start + length);
    return super.splitSecondWordInitialLine(line, start, length);
  }

  private void checkSeparator(byte[] line, int at) {
    if (at < line.length && line[at] != ' ') {
      problem = LINE;
    }
  }

  @Override
  protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
    String version = super.splitThirdWordInitialLine(line, start, length);
    if (!version.startsWith("HTTP/")) {
      problem = LINE;
    }
    return version;
  }

  /** Fails at once: the objects of small fields take twenty times their bytes. */
  public static void checkCount(int lines) {
    if (lines > MOST_FIELDS) {
      throw new TooLongHttpHeaderException("more than " + MOST_FIELDS + " fields");
    }
  }

  @Override
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    checkCount(++lines);
    AsciiString name = super.splitHeaderName(line, start, length);
    if (inHead && name.contentEqualsIgnoreCase(HttpHeaderNames.CONTENT_LENGTH) && ++lengths > 1) {
      problem = Framing.LENGTHS;
    }
    return name;
  }
}
