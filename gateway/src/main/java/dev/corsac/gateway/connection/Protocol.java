package dev.corsac.gateway.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import org.jspecify.annotations.Nullable;

/**
 * What one connection of a client speaks: nothing that is known yet, HTTP/1, HTTP/2, or, after a
 * handshake in HTTP/1, whatever both sides agreed on.
 *
 * <p>Everything but {@link #isTunnel} happens on the connection's event loop.
 */
final class Protocol {
  private final Door door;
  private final ClientConnection connection;
  private final HeldMemory memory;
  private @Nullable Http1Messages http1;
  private @Nullable Http2Streams http2;
  private volatile boolean tunnel;

  Protocol(Door door, ClientConnection connection, HeldMemory memory) {
    this.door = door;
    this.connection = connection;
    this.memory = memory;
  }

  /** Whether neither side has said yet what it speaks. */
  boolean isUnknown() {
    return http1 == null && http2 == null;
  }

  /** Whether bytes pass that are no HTTP any more. */
  boolean isTunnel() {
    return tunnel;
  }

  /** The messages of HTTP/1, which are the last ones if it is a tunnel now. */
  @Nullable Http1Messages http1() {
    return http1;
  }

  /** The streams of HTTP/2. */
  @Nullable Http2Streams http2() {
    return http2;
  }

  /** Whether no request is under way. */
  boolean isIdle() {
    return (http1 == null || http1.underWay() == 0) && (http2 == null || http2.isEmpty());
  }

  /**
   * Passes bytes one by one until Vert.x has made up its mind about the protocol, so that nothing
   * of the first message passes unseen.
   */
  void find(ChannelHandlerContext ctx, ByteBuf bytes) {
    byte before = 0;
    do {
      if (isHttp2(ctx.pipeline())) {
        return;
      }
      if (ctx.pipeline().get(HttpRequestDecoder.class) != null) {
        http1 = new Http1Messages(door, connection);
        http1.join(ctx.pipeline(), before);
        return;
      }
      if (bytes.isReadable()) {
        before = bytes.getByte(bytes.readerIndex());
        ctx.fireChannelRead(bytes.readRetainedSlice(1));
      } else {
        return;
      }
    } while (ctx.channel().isActive());
  }

  /** Whether the client was told to speak another protocol than HTTP/1 from now on. */
  boolean isSwitching() {
    return http1 != null && http1.hasSwitched() && !tunnel;
  }

  /** Follows a switch: the codec of HTTP/1 is gone, or about to go. */
  void follow(ChannelPipeline pipeline) {
    memory.headEnded();
    if (isHttp2(pipeline)) {
      http1 = null;
    } else if (pipeline.get(HttpRequestDecoder.class) == null) {
      tunnel = true;
    }
  }

  private boolean isHttp2(ChannelPipeline pipeline) {
    Http2ConnectionHandler streams = pipeline.get(Http2ConnectionHandler.class);
    if (streams == null) {
      return false;
    }
    http2 = new Http2Streams(door, connection, streams, pipeline.context(streams));
    return true;
  }

  /** The connection is gone. */
  void close() {
    if (http1 != null) {
      http1.release();
    }
    if (http2 != null) {
      http2.close();
    }
  }
}
