package dev.corsac.gateway.proxy;

import dev.corsac.gateway.http.LateFlush;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.VertxConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP/1.1 on a connection to an upstream: writes one request, reads the responses that belong to
 * it, and decides whether the connection may serve another.
 *
 * <p>It may only if the request was sent whole, its final response has ended as HTTP says, and
 * nothing more has come. Vert.x pools connections by what it is told here; so it is told {@code
 * Connection: close} of a response after which the connection must not be used, whatever the
 * upstream said.
 */
public final class UpstreamCodec
    extends CombinedChannelDuplexHandler<UpstreamResponseDecoder, UpstreamCodec.Requests> {
  private static final Logger log = LoggerFactory.getLogger("corsac");

  /** Vert.x' name of the handler that this one stands in for. */
  static final String NAME = "codec";

  UpstreamCodec(int maxLine, int maxHead, Suspects suspects) {
    Turn turn = new Turn();
    init(new UpstreamResponseDecoder(maxLine, maxHead, turn, suspects), new Requests(turn));
  }

  /**
   * Puts it into a new connection, before the first request is written. A connection that cannot
   * have it is closed: Vert.x' own handler would take an interim response for the final one.
   */
  public static void install(
      HttpConnection connection, int maxLine, int maxHead, Suspects suspects) {
    // What goes wrong is told to the request; Vert.x would log the upstream's words.
    connection.exceptionHandler(e -> {});
    if (connection.protocolVersion() == HttpVersion.HTTP_2) {
      UpstreamStreams.install(((ConnectionBase) connection).channel());
      return;
    }
    ChannelPipeline pipeline = ((VertxConnection) connection).channel().pipeline();
    if (pipeline.get(NAME) == null) {
      log.error("corsac  a defect of the gateway: connections to upstreams have another codec");
      connection.close();
      return;
    }
    pipeline.replace(NAME, NAME, new UpstreamCodec(maxLine, maxHead, suspects));
    // A write that fails leaves what the upstream has said before to be read (RFC 9112 section
    // 9.5).
    pipeline.channel().config().setAutoClose(false);
  }

  /** Whose turn it is on the connection: written by the side that sends, read by both. */
  static final class Turn {
    private final Acknowledgement acknowledgement = new Acknowledgement();

    boolean requestBegun;
    boolean requestEnded;

    /** Whether all of the head is with the system. */
    boolean headSent;

    /** Whether the request has no more than a head. */
    boolean headOnly;

    /** Whether this is not the first request on the connection. */
    boolean reused;

    boolean head;
    boolean upgrade;

    private void begin(HttpRequest request) {
      requestBegun = true;
      requestEnded = false;
      headSent = false;
      headOnly =
          !request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
              && HttpUtil.getContentLength(request, 0) == 0;
      head = request.method().equals(HttpMethod.HEAD);
      upgrade =
          request
              .headers()
              .containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
    }

    /**
     * Whether what comes cannot be the response to the request that was written last, since the
     * upstream sent it before it had the request.
     */
    boolean isTooEarly(Channel channel) {
      return reused && (!headSent || (headOnly && acknowledgement.isMissing(channel)));
    }

    /** The response is whole. */
    void end() {
      requestBegun = false;
      reused = true;
    }
  }

  /** Notes what is asked. */
  static final class Requests extends HttpRequestEncoder {
    private final Turn turn;

    private final LateFlush late = new LateFlush();

    private Requests(Turn turn) {
      this.turn = turn;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
        throws Exception {
      ChannelPromise sent = promise;
      if (message instanceof HttpRequest request) {
        turn.begin(request);
        sent = promise.unvoid();
        sent.addListener(done -> turn.headSent = true);
      }
      if (message instanceof LastHttpContent) {
        turn.requestEnded = true;
      }
      super.write(context, message, sent);
    }

    @Override
    public void flush(ChannelHandlerContext context) {
      late.flush(context);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it is the promise
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
      late.run();
      context.close(promise);
    }
  }
}
