package dev.corsac.gateway.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

/**
 * The records of TLS as they come from a client (RFC 5246 section 6.2.1): after the handshake none
 * of them begins another. A client that negotiates again and again costs much and gets nothing by
 * it (CVE-2011-1473), and Java lets it. TLS 1.3 has no such records then.
 */
@SuppressWarnings("FutureReturnValueIgnored") // closed is closed
final class TlsRecords extends ChannelInboundHandlerAdapter {
  private static final int HEADER = 5;
  private static final int LENGTH_HIGH = 3;
  private static final int HANDSHAKE = 22;

  private boolean negotiated;
  private int headerRead;
  private int left;

  /** The handshake is done. */
  void negotiated() {
    negotiated = true;
  }

  /**
   * Moves a handler behind TLS, which Vert.x has put in since: what it counts and cuts are messages
   * of HTTP. The handshake was begun before, so its time counts too.
   */
  static boolean moveBehind(ChannelHandlerContext ctx) {
    ChannelHandlerContext tls = ctx.pipeline().context(SslHandler.class);
    if (tls == null || ctx.pipeline().first() != ctx.handler()) {
      return false;
    }
    ctx.pipeline().remove(ctx.handler());
    ctx.pipeline().addAfter(tls.name(), null, ctx.handler());
    ctx.pipeline().addFirst(new TlsRecords());
    return true;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBuf bytes && begins(bytes)) {
      ReferenceCountUtil.release(message);
      ctx.close();
    } else {
      ctx.fireChannelRead(message);
    }
  }

  /** Whether a handshake begins in some bytes after there was one. */
  private boolean begins(ByteBuf bytes) {
    int at = bytes.readerIndex();
    while (at < bytes.writerIndex()) {
      if (headerRead == HEADER && left > 0) {
        int skipped = Math.min(left, bytes.writerIndex() - at);
        at += skipped;
        left -= skipped;
      } else {
        int each = bytes.getUnsignedByte(at++);
        headerRead = headerRead == HEADER ? 0 : headerRead;
        if (headerRead == 0 && each == HANDSHAKE && negotiated) {
          return true;
        }
        left = headerRead < LENGTH_HIGH ? 0 : (left << 8) | each;
        headerRead++;
      }
    }
    return false;
  }
}
