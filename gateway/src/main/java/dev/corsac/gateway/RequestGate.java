package dev.corsac.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Stands between Netty's parser of HTTP/1 and Vert.x: a request whose framing is ambiguous, or
 * whose version is not HTTP/1.0 or 1.1, is marked as unreadable, and after one that is refused for
 * good nothing more of its connection is taken for a request.
 */
final class RequestGate extends ChannelInboundHandlerAdapter {
  private static final AttributeKey<Boolean> SHUT = AttributeKey.valueOf(RequestGate.class, "shut");
  private static final String DECODER = "httpDecoder";

  /** Puts it into a client's connection, before its first request is handled. */
  static void install(HttpConnection connection) {
    ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
    if (pipeline.get(DECODER) != null) {
      pipeline.addBefore("handler", null, new RequestGate());
    }
  }

  /** Lets nothing more in. */
  static void shut(HttpConnection connection) {
    ((ConnectionBase) connection).channel().attr(SHUT).set(true);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (context.channel().hasAttr(SHUT)) {
      ReferenceCountUtil.release(message);
      return;
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
        Framing.of(request.headers(), false, http10);
      }
    } catch (MalformedMessageException e) {
      request.setDecoderResult(DecoderResult.failure(e));
    }
  }
}
