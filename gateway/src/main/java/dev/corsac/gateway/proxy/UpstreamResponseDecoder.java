package dev.corsac.gateway.proxy;

import dev.corsac.gateway.http.Framing;
import dev.corsac.gateway.http.MalformedMessageException;
import dev.corsac.gateway.proxy.UpstreamCodec.Turn;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads responses, stricter than Netty: every interim response but 103 is dropped (RFC 9110 section
 * 15.2), what is no response ends the connection, and the end of a response is held back until it
 * is known whether more has come with it.
 */
final class UpstreamResponseDecoder extends HttpResponseDecoder {
  /** What Netty's head has in place of a status that it could not read. */
  private static final int NO_STATUS = 999;

  private static final String TIMED_OUT = "HTTP/1.1 408";

  private final Turn turn;
  private final Suspects suspects;
  private final Acknowledgement acknowledgement = new Acknowledgement();
  private final InterimResponses interim = new InterimResponses();

  /** The final response's head, once it has come. */
  private @Nullable HttpResponse response;

  private @Nullable LastHttpContent end;
  private boolean begun;

  /** Whether anything has come since the request. */
  private boolean heard;

  private boolean oddLine;
  private int wordEnd;
  private boolean blankInName;
  private int lengths;
  private boolean surplus;
  private boolean broken;
  private boolean switched;

  UpstreamResponseDecoder(int maxLine, int maxHead, Turn turn, Suspects suspects) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(maxLine)
            .setMaxHeaderSize(maxHead)
            // Framing says more exactly what is wrong.
            .setHeadersFactory(DefaultHttpHeadersFactory.headersFactory().withValidation(false)));
    this.turn = turn;
    this.suspects = suspects;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    return super.isContentAlwaysEmpty(message)
        || (turn.head && message instanceof HttpResponse head && head.status().code() >= 200);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (switched) {
      super.decode(context, in, out);
    } else if (broken) {
      in.skipBytes(in.readableBytes());
    } else if (end != null) {
      surplus = true;
      in.skipBytes(in.readableBytes());
    } else if (!turn.requestBegun || (!begun && isTooEarly(context))) {
      unasked(context, in);
    } else if (!begun && in.getByte(in.readerIndex()) != 'H') {
      // Netty skips line ends and zeros before a response.
      heard = true;
      broken = true;
      in.skipBytes(in.readableBytes());
      out.add(failed(new MalformedMessageException("it does not begin with HTTP.")));
    } else {
      heard = true;
      begun = true;
      super.decode(context, in, out);
      inspect(out, false);
    }
  }

  @Override
  protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    super.decodeLast(context, in, out);
    inspect(out, true);
    if (heard && response == null && out.isEmpty() && !broken) {
      broken = true;
      out.add(failed(cutOff()));
    }
  }

  /**
   * A request may be sent once more only if nothing of a response has come, which {@link
   * UpstreamFailure} takes an exception of the connection for.
   */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
    super.exceptionCaught(context, heard && cause instanceof IOException ? cutOff() : cause);
  }

  private static MalformedMessageException cutOff() {
    return new MalformedMessageException("it ends before it is whole.");
  }

  @Override
  protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
    wordEnd = start + length;
    return super.splitFirstWordInitialLine(line, start, length);
  }

  @Override
  protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
    oddLine |= line[wordEnd] != ' ' || start != wordEnd + 1;
    wordEnd = start + length;
    return super.splitSecondWordInitialLine(line, start, length);
  }

  @Override
  protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
    oddLine |= line[wordEnd] != ' ';
    return super.splitThirdWordInitialLine(line, start, length);
  }

  /**
   * Netty ends the name at a blank, takes what follows up to the colon for nothing, and in HTTP/1.0
   * the first of several lengths for the only one.
   */
  @Override
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    blankInName |= line[start + length] != ':';
    AsciiString name = super.splitHeaderName(line, start, length);
    if (response == null && name.contentEqualsIgnoreCase(HttpHeaderNames.CONTENT_LENGTH)) {
      lengths++;
    }
    return name;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // closed is closed
  private void unasked(ChannelHandlerContext context, ByteBuf in) {
    if (turn.requestBegun || !isTimeout(in)) {
      suspects.add(context.channel().remoteAddress());
    }
    broken = true;
    in.skipBytes(in.readableBytes());
    context.close();
  }

  /**
   * Whether what comes cannot be the response to the request that was written last, since the
   * upstream sent it before it had the request.
   */
  private boolean isTooEarly(ChannelHandlerContext context) {
    return turn.reused
        && (!turn.headSent || (turn.headOnly && acknowledgement.isMissing(context.channel())));
  }

  /** Some servers say 408 before they close a connection that is idle. */
  private static boolean isTimeout(ByteBuf in) {
    return in.readableBytes() >= TIMED_OUT.length()
        && in.toString(in.readerIndex(), TIMED_OUT.length(), StandardCharsets.US_ASCII)
            .equals(TIMED_OUT);
  }

  /** What Netty has read, replaced by what Vert.x may see of it. */
  private void inspect(List<Object> out, boolean closed) {
    if (out.isEmpty() || switched) {
      return;
    }
    List<Object> read = new ArrayList<>(out);
    out.clear();
    for (Object object : read) {
      if (broken || (surplus && end != null)) {
        ReferenceCountUtil.release(object);
      } else if (object instanceof HttpResponse head) {
        head(head, out);
      } else if (object instanceof LastHttpContent last) {
        last(last, out, closed);
      } else {
        out.add(object);
      }
    }
  }

  private void head(HttpResponse head, List<Object> out) {
    if (end != null) {
      surplus = true;
      return;
    }
    try {
      if (head.decoderResult().isFailure()) {
        throw unread(head);
      }
      checkLines();
      Framing.checkResponse(head, turn.upgrade);
      int status = head.status().code();
      if (InterimResponses.isInterim(status)) {
        begun = false;
        interim.count(head);
        if (interim.passes(status)) {
          out.add(head);
        }
      } else {
        response = head;
        switched = status == 101;
        out.add(head);
      }
    } catch (MalformedMessageException e) {
      broken = true;
      out.add(failed(e));
    }
  }

  /** What is wrong with a head that Netty could not read. */
  private MalformedMessageException unread(HttpResponse head) throws MalformedMessageException {
    Throwable cause = head.decoderResult().cause();
    if (cause instanceof TooLongHttpLineException) {
      return new MalformedMessageException("its status line is too long.");
    }
    if (cause instanceof TooLongFrameException) {
      return new MalformedMessageException("its header fields are too large.");
    }
    if (cause instanceof PrematureChannelClosureException) {
      return new MalformedMessageException("it ends within its header fields.");
    }
    if (head.status().code() == NO_STATUS && head.headers().isEmpty()) {
      return new MalformedMessageException("its status line is malformed.");
    }
    checkLines();
    Framing.checkResponse(head, turn.upgrade);
    return new MalformedMessageException("its header fields are malformed.");
  }

  private void checkLines() throws MalformedMessageException {
    if (oddLine) {
      throw new MalformedMessageException("its status line has no space where there is one.");
    }
    if (blankInName) {
      throw new MalformedMessageException("a header field's name is not a token.");
    }
    if (lengths > 1) {
      throw new MalformedMessageException("it has two lengths.");
    }
    lengths = 0;
  }

  private void last(LastHttpContent last, List<Object> out, boolean closed) {
    if (blankInName) {
      last.setDecoderResult(
          DecoderResult.failure(new MalformedMessageException("a trailer's name is not a token.")));
    }
    if (response == null) {
      // The end of an interim response, of which there is nothing to say.
      last.release();
    } else if (switched || closed || last.decoderResult().isFailure()) {
      broken |= last.decoderResult().isFailure();
      out.add(last);
    } else {
      end = last;
    }
  }

  private static HttpResponse failed(MalformedMessageException problem) {
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.setDecoderResult(DecoderResult.failure(problem));
    return head;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Exception {
    release(context);
    super.channelReadComplete(context);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    release(context);
    super.channelInactive(context);
  }

  /** Now that all is read that came, the response may end, and the connection be used again. */
  private void release(ChannelHandlerContext context) {
    LastHttpContent last = end;
    HttpResponse head = response;
    if (last == null || head == null) {
      return;
    }
    SocketAddress upstream = context.channel().remoteAddress();
    if (surplus) {
      suspects.add(upstream);
    }
    if (surplus || !turn.requestEnded || suspects.has(upstream)) {
      head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      broken = true;
    }
    end = null;
    response = null;
    begun = false;
    surplus = false;
    heard = false;
    interim.reset();
    turn.end();
    context.fireChannelRead(last);
  }
}
