package dev.corsac.netty;

import dev.corsac.Cors;
import dev.corsac.Decision;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * CORS for a Netty channel; behind the HTTP codec and ahead of everything that answers.
 *
 * <pre>{@code
 * pipeline.addLast(new HttpServerCodec(), new CorsHandler(policy), application);
 * }</pre>
 *
 * <p>The headers are written to whatever response leaves the pipeline. Of pipelined requests each
 * has its own decision, and an answer of this handler waits until the earlier responses are
 * written; as ever with Netty, the application's own have to come in the order of the requests.
 *
 * <p>Not sharable: each channel gets a handler of its own.
 */
public final class CorsHandler extends ChannelDuplexHandler {
  private final Cors cors;
  private final Queue<Turn> turns = new ArrayDeque<>();
  private boolean dropping;
  private boolean interim;

  /** A handler that does as a policy, or anything else that decides, says. */
  public CorsHandler(Cors cors) {
    this.cors = Objects.requireNonNull(cors, "cors");
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      // Of a head that could not be read, half of the headers may be missing.
      Cors deciding = request.decoderResult().isFailure() ? Cors.off() : cors;
      Decision decision = deciding.decide(new Heads.Request(request));
      String origin = request.headers().get("Origin");
      turns.add(new Turn(decision, origin, HttpUtil.isKeepAlive(request)));
      dropping = decision instanceof Decision.Answer;
      answerThoseWhoseTurnItIs(context);
    }
    if (!dropping) {
      context.fireChannelRead(message);
      return;
    }
    // The body of a request that the application does not see.
    dropping = !(message instanceof LastHttpContent);
    ReferenceCountUtil.release(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    Turn turn = turns.peek();
    if (message instanceof HttpResponse response) {
      interim = isInterim(response.status());
      if (turn != null && !interim) {
        turn.decision.applyTo(turn.origin, new Heads.Response(response.headers()));
      }
    }
    ChannelFuture unused = context.write(message, promise);
    if (message instanceof LastHttpContent && !interim) {
      turns.poll();
      answerThoseWhoseTurnItIs(context);
    }
  }

  /** True for 100 and 103, after which the response is still to come; not for 101. */
  private static boolean isInterim(HttpResponseStatus status) {
    return status.codeClass() == HttpStatusClass.INFORMATIONAL
        && !status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
  }

  private void answerThoseWhoseTurnItIs(ChannelHandlerContext context) {
    Turn turn = turns.peek();
    while (turn != null && turn.decision instanceof Decision.Answer answer) {
      turns.remove();
      FullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
      answer.applyTo(turn.origin, new Heads.Response(response.headers()));
      if (answer.status() != 204) {
        HttpUtil.setContentLength(response, 0);
      }
      HttpUtil.setKeepAlive(response, turn.keepAlive);
      ChannelFuture written = context.writeAndFlush(response);
      if (!turn.keepAlive) {
        written.addListener(ChannelFutureListener.CLOSE);
      }
      turn = turns.peek();
    }
  }

  /** A request that is not answered yet. */
  private record Turn(Decision decision, @Nullable String origin, boolean keepAlive) {}
}
