package dev.corsac.gateway.connection;

import dev.corsac.config.Timeouts;
import dev.corsac.gateway.http.LateFlush;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client, seen from its socket: ends it when it is idle, when its client is too
 * slow, and when the gateway stops. This is the only place that ends idle connections; how long is
 * asked each time, so a reload counts for connections that are there already.
 *
 * <p>Everything but {@link #stopping}, {@link #isTunnel} and {@link #giveWay} happens on the
 * connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whatever becomes of them, the connection tells
public final class ClientConnection extends ChannelDuplexHandler {
  private static final AttributeKey<ClientConnection> KEY =
      AttributeKey.valueOf(ClientConnection.class, "connection");

  /** What the objects take that come of a byte of a head, at worst: a header is two bytes. */
  private static final int HEAD_WEIGHT = 40;

  private static final long SHORTEST_LOOK = TimeUnit.MILLISECONDS.toNanos(10);

  /** What streams hold is seen by looking only. */
  private static final long BUSY_LOOK = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long LONGEST_LOOK = TimeUnit.SECONDS.toNanos(1);

  private final Door door;
  private final Channel channel;
  private final InetAddress network;
  private final Patience patience = new Patience();
  private @Nullable ChannelHandlerContext context;
  private @Nullable Http1Messages http1;
  private @Nullable Http2Streams http2;
  private volatile boolean tunnel;

  /** For a head, unfinished or of the request under way. */
  private final Share head;

  /** For what the client does not take, or we do not read. */
  private final Share slow;

  private long unfinished;
  private boolean ending;
  private boolean looking;

  private final LateFlush late = new LateFlush();

  ClientConnection(Door door, Channel channel, InetAddress network) {
    this.door = door;
    this.network = network;
    this.channel = channel;
    this.head = new Share(door);
    this.slow = new Share(door);
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
    if (http2 != null) {
      boolean room = door.take(weight);
      http2.begin(request, room ? weight : 0);
      return room;
    }
    boolean room = head.become(weight);
    if (!room) {
      head.giveBack();
    }
    return room;
  }

  /** What counts as its address. */
  InetAddress network() {
    return network;
  }

  /** Whether bytes pass that are no HTTP any more. */
  boolean isTunnel() {
    return tunnel;
  }

  /** What it waits for, and for how long. */
  Patience patience() {
    return patience;
  }

  /** Ends if it still only waits for a request, since others need its place. */
  void giveWay() {
    soon(
        () -> {
          look();
          ChannelHandlerContext ctx = context;
          if (ctx != null && patience.hasGivenWay()) {
            end(ctx);
          }
        });
  }

  /** The gateway stops. */
  void stopping() {
    soon(this::look);
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
    context = ctx;
    if (!looking) {
      looking = true;
      schedule(LONGEST_LOOK);
    }
  }

  /** It is one connection's, and moves once. */
  @Override
  public boolean isSharable() {
    return true;
  }

  /** At once: through TLS it would wait until the client has taken what it does not take. */
  private static void close(ChannelHandlerContext ctx) {
    ctx.pipeline().firstContext().close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    head.giveBack();
    slow.giveBack();
    if (http1 != null) {
      http1.release();
    }
    if (http2 != null) {
      http2.close();
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (http1 == null && http2 == null && TlsRecords.moveBehind(ctx)) {
      ctx.pipeline().fireChannelRead(message);
      return;
    }
    ByteBuf bytes = (ByteBuf) message;
    patience.received();
    unfinished += bytes.readableBytes();
    if (http1 == null && http2 == null) {
      find(ctx, bytes);
    }
    if (http1 != null && !tunnel) {
      http1.feed(ctx, bytes);
    } else if (bytes.isReadable()) {
      ctx.fireChannelRead(bytes);
    } else {
      bytes.release();
    }
  }

  /**
   * Passes bytes one by one until Vert.x has made up its mind about the protocol, so that nothing
   * of the first message passes unseen.
   */
  private void find(ChannelHandlerContext ctx, ByteBuf bytes) {
    byte before = 0;
    do {
      Http2ConnectionHandler streams = ctx.pipeline().get(Http2ConnectionHandler.class);
      if (streams != null) {
        http2 = new Http2Streams(door, this, streams, ctx.pipeline().context(streams));
        return;
      }
      if (ctx.pipeline().get(HttpRequestDecoder.class) != null) {
        http1 = new Http1Messages(door, this);
        http1.join(ctx.pipeline(), before);
        return;
      }
      if (bytes.isReadable()) {
        before = bytes.getByte(bytes.readerIndex());
        ctx.fireChannelRead(bytes.readRetainedSlice(1));
      } else {
        return;
      }
    } while (channel.isActive());
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
    Http1Messages messages = http1;
    if (messages == null || tunnel) {
      return;
    }
    if (messages.hasSwitched()) {
      follow(ctx);
    } else if (!messages.isReceiving() && unfinished > 0) {
      headUnfinished();
    }
  }

  /** The codec of HTTP/1 is gone, or about to go. */
  private void follow(ChannelHandlerContext ctx) {
    Http2ConnectionHandler streams = ctx.pipeline().get(Http2ConnectionHandler.class);
    head.giveBack();
    if (streams != null) {
      http1 = null;
      http2 = new Http2Streams(door, this, streams, ctx.pipeline().context(streams));
    } else if (ctx.pipeline().get(HttpRequestDecoder.class) == null) {
      tunnel = true;
    }
  }

  private void headUnfinished() {
    patience.headBegan();
    if (http1 != null && http1.underWay() == 0) {
      if (!head.become(unfinished * HEAD_WEIGHT) && context != null) {
        close(context);
      }
    }
  }

  /** A request's head is complete. */
  void headComplete() {
    patience.headComplete();
  }

  /** A request has been received to its end. */
  void received() {
    unfinished = 0;
  }

  /** A response has been sent to its end. */
  void answered() {
    patience.answered();
    head.giveBack();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (!holdsBack()) {
      close(ctx);
    }
    ctx.fireChannelWritabilityChanged();
  }

  /**
   * Counts what waits for the other side to take it.
   *
   * @return false if there is no room for it
   */
  private boolean holdsBack() {
    long unsent = unsent();
    long weight = unsent + (channel.isWritable() ? 0 : Buffers.READ_AHEAD);
    if (http1 != null && http1.isReceiving() && !channel.config().isAutoRead()) {
      weight += Buffers.READ_AHEAD;
    }
    if (http2 != null) {
      weight += http2.waiting();
    }
    return slow.become(weight);
  }

  @Override
  public void read(ChannelHandlerContext ctx) {
    if (http1 == null || http1.mayRead(ctx)) {
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

  private void schedule(long nanos) {
    channel.eventLoop().schedule(this::lookAgain, nanos, TimeUnit.NANOSECONDS);
  }

  private void lookAgain() {
    if (channel.isOpen()) {
      look();
      Timeouts timeouts = door.timeouts();
      long shortest = Math.min(timeouts.idle().toNanos(), timeouts.head().toNanos()) / 8;
      long longest = http2 == null || http2.isEmpty() ? LONGEST_LOOK : BUSY_LOOK;
      long wait = Math.max(SHORTEST_LOOK, Math.min(shortest, longest));
      schedule(door.isStopping() ? SHORTEST_LOOK : wait);
    }
  }

  private void look() {
    ChannelHandlerContext ctx = context;
    if (ctx == null || !channel.isActive()) {
      return;
    }
    if (http1 != null && http1.hasSwitched() && !tunnel) {
      follow(ctx);
    }
    if (http2 != null && door.isStopping()) {
      http2.sayGoodbye();
    }
    if (!holdsBack()) {
      close(ctx);
    } else if (shouldEnd(System.nanoTime(), door.timeouts())) {
      end(ctx);
    }
    patience.looked(isWaiting());
  }

  private boolean isWaiting() {
    return !tunnel
        && (http1 == null || http1.underWay() == 0)
        && (http2 == null || http2.isEmpty())
        && unsent() == 0;
  }

  private void end(ChannelHandlerContext ctx) {
    if (http2 != null && unsent() == 0 && !ending) {
      // Through the codec, which tells the client (GOAWAY).
      ending = true;
      channel.close();
    } else {
      // Vert.x would wait until the client has taken what it does not take.
      close(ctx);
    }
  }

  private boolean shouldEnd(long now, Timeouts timeouts) {
    long idle = Patience.shorter(timeouts.idle(), door.isCrowded());
    if (patience.takesTooSlowly(now, unsent(), idle)) {
      return true;
    }
    if (tunnel) {
      return patience.isStill(now, timeouts.webSocket());
    }
    if (http2 != null && !http2.isEmpty()) {
      http2.resetSlow(now, idle);
      return false;
    }
    if (http1 != null && http1.underWay() > 0) {
      // How long a body or an upstream may take is asked elsewhere.
      return false;
    }
    return (http1 != null && http1.hasSaidGoodbye())
        ? patience.hasLingered(now)
        : patience.isOver(now, door, unfinished > 0);
  }

  private long unsent() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }
}
