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
import org.jspecify.annotations.Nullable;

/**
 * Stands between Netty's parser of HTTP/1 and Vert.x: a request whose framing is ambiguous, or
 * whose version is not HTTP/1.0 or 1.1, is marked as unreadable, and after one that is refused for
 * good nothing more of its connection is taken for a request.
 */
public final class RequestGate extends ChannelInboundHandlerAdapter {
  private static final AttributeKey<Boolean> SHUT = AttributeKey.valueOf(RequestGate.class, "shut");
  private static final AttributeKey<RequestGate> GATE =
      AttributeKey.valueOf(RequestGate.class, "gate");

  /**
   * When a client has closed its side, Netty's epoll reads to the end even what it was told not to
   * read. Whoever hangs up with more than this unread is taken to have given up.
   */
  private static final int MOST_HELD = 16 * 1024;

  private final Channel channel;

  /** Bytes of content that came while nothing should be read; -1 while reading is fine. */
  private int held = -1;

  /** Whether reading goes on until something comes. */
  private boolean untilSomethingComes;

  private RequestGate(Channel channel) {
    this.channel = channel;
  }

  /** Puts it into a client's connection, before its first request is handled. */
  public static void install(HttpConnection connection) {
    if (connection instanceof VertxConnection http1) {
      RequestGate gate = new RequestGate(http1.channel());
      gate.channel.attr(GATE).set(gate);
      gate.channel.pipeline().addBefore("handler", null, gate);
    } else {
      Channel channel = ((ConnectionBase) connection).channel();
      Http2ConnectionHandler handler = channel.pipeline().get(Http2ConnectionHandler.class);
      StreamGate.install(handler.decoder());
      RefusedStreams.install(handler);
    }
  }

  /** The gate of a request's connection; null over HTTP/2. */
  public static @Nullable RequestGate of(HttpServerRequest request) {
    return request.version() == HTTP_2
        ? null
        : ((VertxConnection) request.connection()).channel().attr(GATE).get();
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
   *
   * @param bodyComes whether more of this request comes; if not, the next thing that comes, if
   *     anything, is one piece of another request, and then nothing more is read. Usually nothing
   *     comes, and the system need not be told twice for each request
   */
  public void read(boolean read, boolean bodyComes) {
    if (read == (held < 0)) {
      return;
    }
    held = read ? -1 : 0;
    if (!read && !bodyComes) {
      untilSomethingComes = true;
    } else if (untilSomethingComes) {
      untilSomethingComes = false;
    } else {
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
    if (untilSomethingComes && isSomething(message)) {
      untilSomethingComes = false;
      channel.config().setAutoRead(false);
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

  private static boolean isSomething(Object message) {
    return !(message instanceof HttpContent content) || content.content().isReadable();
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
