package dev.corsac.gateway.proxy;

import dev.corsac.gateway.http.MalformedMessageException;
import dev.corsac.gateway.proxy.UpstreamCodec.Turn;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages that come on one connection to an upstream, as Vert.x may see them: every interim
 * response but 103 is dropped (RFC 9110 section 15.2), and the end of a response is held back until
 * it is known whether more has come with it.
 */
final class UpstreamMessages {
  /** How far the response to the request under way has been read. */
  enum State {
    /** Nothing has come, or only interim responses, each whole. */
    AWAITED,
    /** A head, interim or not, has begun. */
    BEGUN,
    /** It is whole, and its end is held back. */
    ENDED,
    /** What comes is no HTTP any more. */
    SWITCHED,
    /** Whatever comes is not read. */
    BROKEN
  }

  private final Turn turn;
  private final Suspects suspects;
  private final HeadLines lines = new HeadLines();
  private final InterimResponses interim = new InterimResponses();
  private State state = State.AWAITED;

  /** The final response's head, once it has come. */
  private @Nullable HttpResponse response;

  private @Nullable LastHttpContent end;

  /** Whether anything has come since the request. */
  private boolean heard;

  /** Whether more has come than the response. */
  private boolean surplus;

  UpstreamMessages(Turn turn, Suspects suspects) {
    this.turn = turn;
    this.suspects = suspects;
  }

  State state() {
    return state;
  }

  /** The lines of heads, as they came. */
  HeadLines lines() {
    return lines;
  }

  /** Whether what comes is not part of a final response's head any more. */
  boolean hasHead() {
    return response != null;
  }

  boolean isHeard() {
    return heard;
  }

  /** A response begins. */
  void begin() {
    heard = true;
    state = State.BEGUN;
  }

  /** More has come than the response. */
  void surplus() {
    surplus = true;
  }

  /** What has come was not asked for. */
  void unasked() {
    state = State.BROKEN;
  }

  /** What has come is no response; Vert.x sees one that could not be read. */
  void broken(MalformedMessageException problem, List<Object> out) {
    heard = true;
    state = State.BROKEN;
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.setDecoderResult(DecoderResult.failure(problem));
    out.add(head);
  }

  /**
   * Replaces what Netty has read by what Vert.x may see of it.
   *
   * @param closed whether no more comes
   */
  void inspect(List<Object> out, boolean closed) {
    if (out.isEmpty() || state == State.SWITCHED) {
      return;
    }
    List<Object> read = new ArrayList<>(out);
    out.clear();
    for (Object object : read) {
      if (state == State.BROKEN || (surplus && state == State.ENDED)) {
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
    if (state == State.ENDED) {
      surplus = true;
      return;
    }
    try {
      lines.check(head, turn.upgrade);
      int status = head.status().code();
      if (InterimResponses.isInterim(status)) {
        state = State.AWAITED;
        interim.count(head);
        if (interim.passes(status)) {
          out.add(head);
        }
      } else {
        state = status == 101 ? State.SWITCHED : State.BEGUN;
        response = head;
        out.add(head);
      }
    } catch (MalformedMessageException e) {
      broken(e, out);
    }
  }

  private void last(LastHttpContent last, List<Object> out, boolean closed) {
    if (lines.hasBlankInName()) {
      last.setDecoderResult(
          DecoderResult.failure(new MalformedMessageException("a trailer's name is not a token.")));
    }
    if (response == null) {
      // The end of an interim response, of which there is nothing to say.
      last.release();
    } else if (last.decoderResult().isFailure()) {
      state = State.BROKEN;
      out.add(last);
    } else if (state == State.SWITCHED || closed) {
      out.add(last);
    } else {
      state = State.ENDED;
      end = last;
    }
  }

  /** Now that all is read that came, the response may end, and the connection be used again. */
  void release(ChannelHandlerContext context) {
    LastHttpContent last = end;
    HttpResponse head = response;
    if (last == null || head == null) {
      return;
    }
    SocketAddress upstream = context.channel().remoteAddress();
    if (surplus) {
      suspects.add(upstream);
    }
    boolean unusable = surplus || !turn.requestEnded || suspects.has(upstream);
    if (unusable) {
      head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    state = unusable ? State.BROKEN : State.AWAITED;
    end = null;
    response = null;
    surplus = false;
    heard = false;
    interim.reset();
    turn.end();
    context.fireChannelRead(last);
  }
}
