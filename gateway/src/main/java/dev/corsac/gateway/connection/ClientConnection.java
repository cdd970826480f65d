package dev.corsac.gateway.connection;

import dev.corsac.config.Timeouts;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.ssl.SslHandler;
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
 * <p>Everything but {@link #stopping} and {@link #isTunnel} happens on the connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whatever becomes of them, the connection tells
public final class ClientConnection extends ChannelDuplexHandler {
  private static final AttributeKey<ClientConnection> KEY =
      AttributeKey.valueOf(ClientConnection.class, "connection");

  /** What the objects take that come of a byte of a head, at worst: a header is two bytes. */
  private static final int HEAD_WEIGHT = 40;

  /** While there is little room in memory, a client that is slow is not waited for longer. */
  private static final long HURRY = TimeUnit.SECONDS.toNanos(1);

  private static final long SHORTEST_LOOK = TimeUnit.MILLISECONDS.toNanos(10);

  /** What streams hold is seen by looking only. */
  private static final long BUSY_LOOK = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long LONGEST_LOOK = TimeUnit.SECONDS.toNanos(1);

  private final Door door;
  private final Channel channel;
  private final InetAddress network;
  private final Pace outward = new Pace();
  private @Nullable ChannelHandlerContext context;
  private @Nullable Http1Messages http1;
  private @Nullable Http2Streams http2;
  private volatile boolean tunnel;
  private long idleSince = System.nanoTime();
  private long headSince = idleSince;
  private long moved = idleSince;
  private long headWeight;
  private long slowWeight;
  private long unfinished;
  private long written;
  private boolean ending;
  private boolean looking;

  ClientConnection(Door door, Channel channel, InetAddress network) {
    this.door = door;
    this.network = network;
    this.channel = channel;
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
    boolean room = door.take(weight);
    long taken = room ? weight : 0;
    if (http2 != null) {
      http2.begin(request, taken);
    } else {
      door.giveBack(headWeight);
      headWeight = taken;
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

  /** The gateway stops. */
  void stopping() {
    try {
      channel.eventLoop().execute(this::look);
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

  /**
   * Moves behind TLS, which Vert.x has put in since: what is counted and cut here are messages of
   * HTTP. The handshake was begun before, so its time counts too.
   */
  private static boolean moveBehindTls(ChannelHandlerContext ctx) {
    ChannelHandlerContext tls = ctx.pipeline().context(SslHandler.class);
    if (tls == null || ctx.pipeline().first() != ctx.handler()) {
      return false;
    }
    ctx.pipeline().remove(ctx.handler());
    ctx.pipeline().addAfter(tls.name(), null, ctx.handler());
    ctx.pipeline().addFirst(new TlsRecords());
    return true;
  }

  /** At once: through TLS it would wait until the client has taken what it does not take. */
  private static void close(ChannelHandlerContext ctx) {
    ctx.pipeline().firstContext().close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    leaveHead();
    door.giveBack(slowWeight);
    slowWeight = 0;
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
    if (moveBehindTls(ctx)) {
      ctx.pipeline().fireChannelRead(message);
      return;
    }
    ByteBuf bytes = (ByteBuf) message;
    moved = System.nanoTime();
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
    do {
      Http2ConnectionHandler streams = ctx.pipeline().get(Http2ConnectionHandler.class);
      if (streams != null) {
        http2 = new Http2Streams(door, this, streams, ctx.pipeline().context(streams));
        return;
      }
      if (ctx.pipeline().get(HttpRequestDecoder.class) != null) {
        http1 = new Http1Messages(door, this);
        http1.join(ctx.pipeline());
        return;
      }
      if (bytes.isReadable()) {
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
    leaveHead();
    if (streams != null) {
      http1 = null;
      http2 = new Http2Streams(door, this, streams, ctx.pipeline().context(streams));
    } else if (ctx.pipeline().get(HttpRequestDecoder.class) == null) {
      tunnel = true;
    }
  }

  private void headUnfinished() {
    if (headSince == 0) {
      headSince = System.nanoTime();
    }
    if (http1 != null && http1.underWay() == 0) {
      leaveHead();
      long weight = unfinished * HEAD_WEIGHT;
      if (door.take(weight)) {
        headWeight = weight;
      } else if (context != null) {
        close(context);
      }
    }
  }

  /** A request's head is complete. */
  void headComplete() {
    headSince = 0;
  }

  /** A request has been received to its end. */
  void received() {
    unfinished = 0;
  }

  /** A response has been sent to its end. */
  void answered() {
    idleSince = System.nanoTime();
    leaveHead();
  }

  private void leaveHead() {
    door.giveBack(headWeight);
    headWeight = 0;
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
    long more = weight - slowWeight;
    if (!door.take(more)) {
      return false;
    }
    slowWeight = weight;
    return true;
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
      written += bytes.readableBytes();
      moved = System.nanoTime();
    }
    ctx.write(message, promise);
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
    long usual = timeouts.idle().toNanos();
    long idle = door.isCrowded() ? Math.min(HURRY, usual) : usual;
    long unsent = unsent();
    if (outward.tooSlow(now, written - unsent, unsent > 0, idle)) {
      return true;
    }
    if (tunnel) {
      return now - moved >= timeouts.webSocket().toNanos();
    }
    if (http2 != null && !http2.isEmpty()) {
      http2.resetSlow(now, idle);
      return false;
    }
    if (http1 != null && http1.underWay() > 0) {
      // How long a body or an upstream may take is asked elsewhere.
      return false;
    }
    return hasWaited(now, timeouts);
  }

  /** Whether it is time to close a connection without a request. */
  private boolean hasWaited(long now, Timeouts timeouts) {
    if (http1 != null && http1.hasSaidGoodbye()) {
      return now - idleSince >= Http1Messages.LINGER;
    }
    if (headSince != 0 && (unfinished > 0 || !door.isStopping())) {
      long usual = timeouts.head().toNanos();
      return now - headSince >= (door.isCrowded() ? Math.min(HURRY, usual) : usual);
    }
    if (door.isStopping()) {
      // A client that was just answered may be about to ask again, and is told then.
      return now - idleSince >= Math.min(timeouts.drain().toNanos(), HURRY);
    }
    return now - idleSince >= timeouts.idle().toNanos();
  }

  private long unsent() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }
}
