package dev.corsac.gateway.connection;

import dev.corsac.config.Limits;
import dev.corsac.config.Timeouts;
import dev.corsac.gateway.http.RequestDecoder;
import dev.corsac.gateway.watch.EventLog;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where connections of clients come in: counts them, turns away those that are too many, and lets
 * the others end when the gateway stops.
 *
 * <p>Stands before everything that reads, so a client that sends nothing counts too. Thread-safe.
 */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // a socket that cannot be closed is closed
public final class Door extends ChannelInboundHandlerAdapter {
  /** How many Netty takes from a listener before it looks at anything else. */
  private static final int ACCEPTED_AT_ONCE = 16;

  /** How long a stop waits for one more connection, in milliseconds. */
  private static final long LAST_ACCEPT = 20;

  private final Supplier<Limits> limits;
  private final Supplier<Timeouts> timeouts;
  private final EventLog events;
  private final int mostLine;
  private final int mostHead;
  private final Places places = new Places();
  private final AtomicLong held = new AtomicLong();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final long room;
  private volatile @Nullable Channel listener;
  private volatile boolean stopping;

  /** Since the listener was last seen empty; of its event loop. */
  private int acceptedAtOnce;

  /** Whether the listener may have had more than it gave; of its event loop. */
  private boolean more;

  public Door(Supplier<Limits> limits, Supplier<Timeouts> timeouts, EventLog events) {
    this(limits, timeouts, events, RequestDecoder.MOST_LINE, RequestDecoder.MOST_HEAD);
  }

  /**
   * For requests of other sizes.
   *
   * @param mostLine the most bytes of a request line
   * @param mostHead the most bytes of a head
   */
  public Door(
      Supplier<Limits> limits,
      Supplier<Timeouts> timeouts,
      EventLog events,
      int mostLine,
      int mostHead) {
    this.mostLine = mostLine;
    this.mostHead = mostHead;
    this.limits = limits;
    this.timeouts = timeouts;
    this.events = events;
    this.room = Runtime.getRuntime().maxMemory() / 8 * 3;
  }

  /** What reads the requests of HTTP/1 of one connection. */
  RequestDecoder decoder() {
    return new RequestDecoder(mostLine, mostHead);
  }

  /** Called once, before anything comes in. */
  void listener(Channel channel) {
    listener = channel;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    acceptedAtOnce++;
    if (!(message instanceof Channel client)) {
      ctx.fireChannelRead(message);
    } else if (admit(client)) {
      ctx.fireChannelRead(message);
    } else {
      client.unsafe().closeForcibly();
    }
  }

  /**
   * The system resets those that it has accepted and we have not, so a listener is closed when it
   * has just given all.
   */
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.fireChannelReadComplete();
    more = acceptedAtOnce >= ACCEPTED_AT_ONCE;
    acceptedAtOnce = 0;
    if (stopping && !more) {
      ctx.close();
    }
  }

  /** Only ever called on the listener's event loop. */
  private boolean admit(Channel client) {
    InetAddress network = network(client.remoteAddress());
    String whyNot = places.whyNone(network, limits.get());
    if (whyNot != null) {
      refused.incrementAndGet();
      events.turnedAway(client.remoteAddress(), whyNot);
      return false;
    }
    ClientConnection connection = new ClientConnection(this, client, network);
    places.take(connection);
    accepted.incrementAndGet();
    client.closeFuture().addListener(closed -> places.leave(connection));
    client.pipeline().addLast(connection);
    return true;
  }

  /** The address; of IPv6 its network of 64 bits, since that is what one customer gets. */
  private static InetAddress network(SocketAddress socket) {
    InetAddress address =
        socket instanceof InetSocketAddress inet && inet.getAddress() != null
            ? inet.getAddress()
            : InetAddress.getLoopbackAddress();
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    try {
      return InetAddress.getByAddress(Arrays.copyOf(Arrays.copyOf(address.getAddress(), 8), 16));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  Timeouts timeouts() {
    return timeouts.get();
  }

  /** Whether nobody comes in any more, and a connection ends once its requests have. */
  public boolean isStopping() {
    return stopping;
  }

  /**
   * Takes room in memory for what a client makes us hold; there are three eighths of the heap for
   * all.
   *
   * @return false if there is none left; nothing is taken then
   */
  boolean take(long bytes) {
    if (held.addAndGet(bytes) > room && bytes > 0) {
      held.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  void giveBack(long bytes) {
    held.addAndGet(-bytes);
  }

  /** How much is held for clients now, in bytes. */
  public long held() {
    return held.get();
  }

  /** How much may be held for them. */
  public long mostHeld() {
    return room;
  }

  /** How many are open. */
  public long connections() {
    return places.taken().size();
  }

  /** How many have come in. */
  public long accepted() {
    return accepted.get();
  }

  /** How many were closed at once. */
  public long refused() {
    return refused.get();
  }

  /** Whether there is so little room that slow clients are not waited for as long as usual. */
  boolean isCrowded() {
    return held.get() > room / 4 * 3;
  }

  /** Lets nobody in, tells clients with their next response, and ends their connections then. */
  public void stop() {
    stopping = true;
    Channel listening = listener;
    if (listening != null) {
      closeSoon(listening);
    }
    places.taken().forEach(ClientConnection::stopping);
  }

  private void closeSoon(Channel listening) {
    listening
        .eventLoop()
        .schedule(
            () -> {
              if (more) {
                closeSoon(listening);
              } else {
                listening.close();
              }
            },
            LAST_ACCEPT,
            TimeUnit.MILLISECONDS);
  }

  /** Whether a connection is open that is more than a tunnel. */
  public boolean isBusy() {
    return places.taken().stream().anyMatch(connection -> !connection.isTunnel());
  }
}
