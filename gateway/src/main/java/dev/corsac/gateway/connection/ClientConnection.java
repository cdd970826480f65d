package dev.corsac.gateway.connection;

import dev.corsac.gateway.http.LateFlush;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.util.concurrent.RejectedExecutionException;

/**
 * One connection of a client, seen from its socket: what passes there is told to those who count
 * it. This is the only place where idle connections are ended ({@link Watchdog}).
 *
 * <p>Everything but {@link #stopping}, {@link #isTunnel} and {@link #giveWay} happens on the
 * connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whatever becomes of them, the connection tells
public final class ClientConnection extends ChannelDuplexHandler {
  private static final AttributeKey<ClientConnection> KEY =
      AttributeKey.valueOf(ClientConnection.class, "connection");

  private final Channel channel;
  private final InetAddress network;
  private final Patience patience = new Patience();
  private final HeldMemory memory;
  private final Protocol protocol;
  private final Watchdog watchdog;
  private final LateFlush late = new LateFlush();

  ClientConnection(Door door, Channel channel, InetAddress network) {
    this.network = network;
    this.channel = channel;
    this.memory = new HeldMemory(door, channel);
    this.protocol = new Protocol(door, this, memory);
    this.watchdog = new Watchdog(door, channel, patience, protocol, memory);
    channel.attr(KEY).set(this);
    Buffers.ofClient(channel);
  }

  public static ClientConnection of(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    return ((ConnectionBase) connection).channel().attr(KEY).get();
  }

  /**
   * Takes note of a request that is about to be handled.
   *
   * @return false if there is no room for it beside all the others
   */
  public boolean begin(HttpServerRequest request) {
    long weight = RequestWeight.of(request);
    Http2Streams streams = protocol.http2();
    return streams == null ? memory.request(weight) : streams.begin(request, weight);
  }

  /** What counts as its address. */
  InetAddress network() {
    return network;
  }

  /** Whether bytes pass that are no HTTP any more. */
  boolean isTunnel() {
    return protocol.isTunnel();
  }

  /** What it waits for, and for how long. */
  Patience patience() {
    return patience;
  }

  /** Ends if it still only waits for a request, since others need its place. */
  void giveWay() {
    soon(watchdog::giveWay);
  }

  /** The gateway stops. */
  void stopping() {
    soon(watchdog::look);
  }

  private void soon(Runnable task) {
    try {
      channel.eventLoop().execute(task);
    } catch (IllegalStateException | RejectedExecutionException e) {
      // Not registered yet, or gone: its first look sees it.
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    watchdog.start();
  }

  /** It is one connection's, and moves once. */
  @Override
  public boolean isSharable() {
    return true;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    memory.giveBack();
    protocol.close();
    watchdog.stop();
    ctx.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (protocol.isUnknown() && TlsRecords.moveBehind(ctx)) {
      ctx.pipeline().fireChannelRead(message);
      return;
    }
    ByteBuf bytes = (ByteBuf) message;
    patience.received();
    if (protocol.isUnknown()) {
      protocol.find(ctx, bytes);
    }
    Http1Messages messages = protocol.http1();
    if (messages == null) {
      patience.firstHeadBegan();
    }
    if (messages != null && !protocol.isTunnel()) {
      messages.feed(ctx, bytes);
    } else if (bytes.isReadable()) {
      ctx.fireChannelRead(bytes);
    } else {
      bytes.release();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    TlsRecords tls = ctx.pipeline().get(TlsRecords.class);
    if (event instanceof SslHandshakeCompletionEvent && tls != null) {
      tls.negotiated();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.fireChannelReadComplete();
    Http1Messages messages = protocol.http1();
    if (messages == null || protocol.isTunnel()) {
      return;
    }
    if (messages.hasSwitched()) {
      protocol.follow(ctx.pipeline());
    } else if (mayReadAhead(messages) && messages.isHeadUnfinished()) {
      patience.headBegan();
    }
  }

  /**
   * Counts what has been read ahead, and ends the connection if there is no room for it. That takes
   * until the loop has read what came on the others, so what was read is let go of at once.
   */
  boolean mayReadAhead(Http1Messages messages) {
    boolean room = memory.readAhead(messages);
    if (!room) {
      messages.forget();
      watchdog.close();
    }
    return room;
  }

  /** A request's head is complete. */
  void headComplete() {
    patience.headComplete();
  }

  /** A response has been sent to its end. */
  void answered() {
    patience.answered();
    memory.headEnded();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (!memory.waiting(protocol)) {
      watchdog.close();
    }
    if (!ctx.channel().isWritable()) {
      // A head alone can be too much to write more, and Vert.x only flushes it with what follows.
      late.flush(ctx);
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void read(ChannelHandlerContext ctx) {
    Http1Messages messages = protocol.http1();
    if (messages == null || messages.mayRead(ctx)) {
      ctx.read();
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf bytes) {
      patience.written(bytes.readableBytes());
    }
    ctx.write(message, promise);
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    late.flush(ctx);
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    late.run();
    ctx.close(promise);
  }
}
