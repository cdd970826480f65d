package dev.corsac.gateway.proxy;

import dev.corsac.gateway.http.MalformedMessageException;
import dev.corsac.gateway.http.RequestDecoder;
import dev.corsac.gateway.proxy.UpstreamCodec.Turn;
import dev.corsac.gateway.proxy.UpstreamMessages.State;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads responses, stricter than Netty: only those to the request under way, and what is no
 * response ends the connection. What may be seen of them is up to {@link UpstreamMessages}.
 */
final class UpstreamResponseDecoder extends HttpResponseDecoder {
  private static final String TIMED_OUT = "HTTP/1.1 408";

  private final Turn turn;
  private final Suspects suspects;
  private final UpstreamMessages messages;

  UpstreamResponseDecoder(int maxLine, int maxHead, Turn turn, Suspects suspects) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(maxLine)
            .setMaxHeaderSize(maxHead)
            .setMaxChunkSize(RequestDecoder.MOST_PIECE)
            // Framing says more exactly what is wrong.
            .setHeadersFactory(DefaultHttpHeadersFactory.headersFactory().withValidation(false)));
    this.turn = turn;
    this.suspects = suspects;
    this.messages = new UpstreamMessages(turn, suspects);
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    return super.isContentAlwaysEmpty(message)
        || (turn.head && message instanceof HttpResponse head && head.status().code() >= 200);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    switch (messages.state()) {
      case AWAITED -> begin(context, in, out);
      case BEGUN -> {
        super.decode(context, in, out);
        messages.inspect(out, false);
      }
      case ENDED -> {
        messages.surplus();
        in.skipBytes(in.readableBytes());
      }
      case SWITCHED -> super.decode(context, in, out);
      case BROKEN -> in.skipBytes(in.readableBytes());
    }
  }

  private void begin(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
    if (!turn.requestBegun || turn.isTooEarly(context.channel())) {
      unasked(context, in);
    } else if (in.getByte(in.readerIndex()) != 'H') {
      // Netty skips line ends and zeros before a response.
      in.skipBytes(in.readableBytes());
      messages.broken(new MalformedMessageException("it does not begin with HTTP."), out);
    } else {
      messages.begin();
      super.decode(context, in, out);
      messages.inspect(out, false);
    }
  }

  @Override
  protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    super.decodeLast(context, in, out);
    messages.inspect(out, true);
    boolean isCutOff = messages.isHeard() && !messages.hasHead() && out.isEmpty();
    if (isCutOff && messages.state() != State.BROKEN) {
      messages.broken(cutOff(), out);
    }
  }

  /**
   * A request may be sent once more only if nothing of a response has come, which {@link
   * UpstreamFailure} takes an exception of the connection for.
   */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
    boolean isCutOff = messages.isHeard() && cause instanceof IOException;
    super.exceptionCaught(context, isCutOff ? cutOff() : cause);
  }

  private static MalformedMessageException cutOff() {
    return new MalformedMessageException("it ends before it is whole.");
  }

  @Override
  protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
    messages.lines().firstWord(start + length);
    return super.splitFirstWordInitialLine(line, start, length);
  }

  @Override
  protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
    messages.lines().secondWord(line, start, start + length);
    return super.splitSecondWordInitialLine(line, start, length);
  }

  @Override
  protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
    messages.lines().thirdWord(line);
    return super.splitThirdWordInitialLine(line, start, length);
  }

  @Override
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    messages.lines().name(line, start + length);
    AsciiString name = super.splitHeaderName(line, start, length);
    if (!messages.hasHead()) {
      messages.lines().header(name);
    }
    return name;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // closed is closed
  private void unasked(ChannelHandlerContext context, ByteBuf in) {
    if (turn.requestBegun || !isTimeout(in)) {
      suspects.add(context.channel().remoteAddress());
    }
    messages.unasked();
    in.skipBytes(in.readableBytes());
    context.close();
  }

  /** Some servers say 408 before they close a connection that is idle. */
  private static boolean isTimeout(ByteBuf in) {
    return in.readableBytes() >= TIMED_OUT.length()
        && in.toString(in.readerIndex(), TIMED_OUT.length(), StandardCharsets.US_ASCII)
            .equals(TIMED_OUT);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Exception {
    messages.release(context);
    super.channelReadComplete(context);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    messages.release(context);
    super.channelInactive(context);
  }
}
