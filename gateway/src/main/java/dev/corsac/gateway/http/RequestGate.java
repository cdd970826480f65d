package dev.corsac.gateway.http;

import static io.vertx.core.http.HttpVersion.HTTP_2;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessageDecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.VertxConnection;

/**
 * Stands between Netty's parser of HTTP/1 and Vert.x: a request whose framing is ambiguous, or
 * whose version is not HTTP/1.0 or 1.1, is marked as unreadable, and after one that is refused for
 * good nothing more of its connection is taken for a request.
 */
public final class RequestGate extends ChannelInboundHandlerAdapter {
  private static final AttributeKey<Boolean> SHUT = AttributeKey.valueOf(RequestGate.class, "shut");

  /**
   * When a client has closed its side, Netty's epoll reads to the end even what it was told not to
   * read. Whoever hangs up with more than this unread is taken to have given up.
   */
  private static final int MOST_HELD = 16 * 1024;

  /** Bytes of content that came while nothing should be read; -1 while reading is fine. */
  private int held = -1;

  /** Puts it into a client's connection, before its first request is handled. */
  public static void install(HttpConnection connection) {
    if (connection instanceof VertxConnection http1) {
      http1.channel().pipeline().addBefore("handler", null, new RequestGate());
    } else {
      Channel channel = ((ConnectionBase) connection).channel();
      Http2ConnectionHandler handler = channel.pipeline().get(Http2ConnectionHandler.class);
      StreamGate.install(handler.decoder());
      RefusedStreams.install(handler);
    }
  }

  /** Lets nothing more in. */
  public static void shut(HttpConnection connection) {
    shut(((ConnectionBase) connection).channel());
  }

  /** Whether a request that comes out of the connection is none any more: others wait in Vert.x. */
  public static boolean isShut(HttpConnection connection) {
    return ((ConnectionBase) connection).channel().hasAttr(SHUT);
  }

  private static void shut(Channel channel) {
    channel.attr(SHUT).set(true);
  }

  /**
   * Lets a connection be read, or not: what a client sends while its request waits for an upstream
   * stays in the system's buffers.
   *
   * <p>Netty reads up to a megabyte from each connection that has something, and from all of them,
   * before anything else is done; Vert.x copies it onto the heap. A few hundred clients that send
   * and hang up would fill the memory in one turn of the event loop.
   */
  public static void read(HttpServerRequest request, boolean read) {
    if (request.version() != HTTP_2) {
      Channel channel = ((VertxConnection) request.connection()).channel();
      channel.pipeline().get(RequestGate.class).held = read ? -1 : 0;
      channel.config().setAutoRead(read);
    }
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // closed is closed
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (context.channel().hasAttr(SHUT)) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpContent content && held >= 0) {
      held += content.content().readableBytes();
      if (held > MOST_HELD) {
        content.release();
        shut(context.channel());
        context.close();
        return;
      }
    }
    if (message instanceof HttpRequest request) {
      check(request);
    }
    super.channelRead(context, message);
  }

  private static void check(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    boolean http10 = version.equals(HttpVersion.HTTP_1_0);
    try {
      // Vert.x knows the constants only.
      request.setProtocolVersion(http10 ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1);
      if (request.decoderResult().isSuccess()) {
        if (!http10 && !version.equals(HttpVersion.HTTP_1_1)) {
          throw new MalformedMessageException("the version of HTTP is not 1.0, 1.1 or 2.");
        }
        checkLine(request);
        Framing.of(request.headers(), false, http10);
      }
    } catch (MalformedMessageException e) {
      request.setDecoderResult(DecoderResult.failure(e));
    }
  }

  /** Netty takes any run of blanks for one; others end the target at the first. */
  private static void checkLine(HttpRequest request) throws MalformedMessageException {
    int parts =
        request.method().name().length()
            + request.uri().length()
            + request.protocolVersion().text().length();
    if (request.decoderResult() instanceof HttpMessageDecoderResult read
        && read.initialLineLength() != parts + 2) {
      throw new MalformedMessageException("the request line is malformed.");
    }
  }
}
