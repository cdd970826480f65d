package dev.corsac.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2LifecycleManager;
import io.netty.handler.codec.http2.Http2Stream;

/**
 * Remembers each stream that Netty resets before it exists, since its head is malformed or there
 * are too many. Netty itself forgets such a stream, takes what the client had sent of its body for
 * a body without a head, and closes the connection with all other streams; RFC 9113 section 8.1.1
 * has a malformed request end its own stream only.
 */
final class RefusedStreams implements Http2LifecycleManager {
  private final Http2ConnectionHandler handler;

  private RefusedStreams(Http2ConnectionHandler handler) {
    this.handler = handler;
  }

  static void install(Http2ConnectionHandler handler) {
    handler.encoder().lifecycleManager(new RefusedStreams(handler));
  }

  @Override
  public ChannelFuture resetStream(
      ChannelHandlerContext context, int stream, long error, ChannelPromise promise) {
    Http2Connection.Endpoint<?> client = handler.connection().remote();
    if (client.isValidStreamId(stream) && !client.mayHaveCreatedStream(stream)) {
      remember(client, stream);
    }
    return handler.resetStream(context, stream, error, promise);
  }

  private static void remember(Http2Connection.Endpoint<?> client, int stream) {
    int most = client.maxActiveStreams();
    // It is closed at once, so it may be one more than may be open.
    client.maxActiveStreams(most + 1);
    try {
      client.createStream(stream, true).close();
    } catch (Http2Exception e) {
      // No more streams can be created, and then none is waited for.
    } finally {
      client.maxActiveStreams(most);
    }
  }

  @Override
  public void closeStreamLocal(Http2Stream stream, ChannelFuture future) {
    handler.closeStreamLocal(stream, future);
  }

  @Override
  public void closeStreamRemote(Http2Stream stream, ChannelFuture future) {
    handler.closeStreamRemote(stream, future);
  }

  @Override
  public void closeStream(Http2Stream stream, ChannelFuture future) {
    handler.closeStream(stream, future);
  }

  @Override
  public ChannelFuture goAway(
      ChannelHandlerContext context,
      int lastStream,
      long error,
      ByteBuf debugData,
      ChannelPromise promise) {
    return handler.goAway(context, lastStream, error, debugData, promise);
  }

  @Override
  public void onError(ChannelHandlerContext context, boolean outbound, Throwable cause) {
    handler.onError(context, outbound, cause);
  }
}
