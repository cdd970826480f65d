package dev.corsac.gateway.connection;

import dev.corsac.gateway.http.RequestDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one HTTP/1 connection, seen between the codec and Vert.x.
 *
 * <p>Everything happens on the connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whatever becomes of them, the connection tells
final class Http1Messages extends ChannelDuplexHandler {
  /** How long a connection stays after its last response, so that the client can read it. */
  static final long LINGER = TimeUnit.SECONDS.toNanos(2);

  /**
   * How many pipelined requests wait in Vert.x. It stops reading at eight objects, and a request is
   * two, so it has stopped well before, and asks for more when it has none left.
   */
  private static final int MOST_WAITING = 16;

  /** A few of the shortest requests, so that few more than the above are read at once. */
  private static final int SLICE = 1024;

  private final Door door;
  private final ClientConnection connection;
  private final RequestDecoder decoder;
  private int waiting;

  /** What the heads take of the requests whose responses have not ended, the oldest first. */
  private final Deque<Long> underWay = new ArrayDeque<>();

  private long weight;
  private boolean receiving;
  private boolean switched;
  private boolean goodbye;
  private boolean feeding;

  /** Of the body that is received; negative if its end is not known. */
  private long bodyLeft;

  /** Bytes that are not decoded yet, since enough requests wait, or not known to be requests. */
  private @Nullable ByteBuf held;

  /** Where they come from. */
  private @Nullable ChannelHandlerContext source;

  /** What the decoder had read of them when it was taken out. */
  private @Nullable ByteBuf behind;

  Http1Messages(Door door, ClientConnection connection) {
    this.door = door;
    this.connection = connection;
    this.decoder = door.decoder();
  }

  /**
   * Stands into the pipeline.
   *
   * @param before the last byte that Vert.x has read by itself
   */
  void join(ChannelPipeline pipeline, byte before) {
    ChannelHandlerContext codec = pipeline.context(HttpResponseEncoder.class);
    pipeline.addAfter(codec.name(), null, this);
    ChannelHandlerContext own = pipeline.context(this);
    // Vert.x puts the tunnel's handler in just after that.
    decoder.install(pipeline, before, () -> own.executor().execute(() -> tunnelBegins(own)));
  }

  /** How many requests have begun whose responses have not ended. */
  int underWay() {
    return underWay.size();
  }

  /** What is held of requests behind the one under way, as far as it is known what it is. */
  long waiting() {
    Long first = underWay.peek();
    return weight - (first == null ? 0 : first) + (held == null ? 0 : held.readableBytes());
  }

  /** What is held of a head, or of trailers, that are not whole. */
  long unfinished() {
    int bytes = decoder.unfinished();
    return bytes == 0 ? 0 : RequestWeight.ofHead(null, decoder.lines(), bytes);
  }

  /** Whether the next request has begun, and its head has not come to its end. */
  boolean isHeadUnfinished() {
    return !receiving && decoder.unfinished() > 0;
  }

  boolean isReceiving() {
    return receiving;
  }

  /** Whether the connection speaks another protocol now, to which the client asked to switch. */
  boolean hasSwitched() {
    return switched && !decoder.isHolding();
  }

  /** Whether the client knows that it gets no more responses here. */
  boolean hasSaidGoodbye() {
    return goodbye;
  }

  /** Passes bytes on to the codec, in pieces that cannot hold very many requests. */
  void feed(ChannelHandlerContext ctx, ByteBuf bytes) {
    while (bytes.isReadable()) {
      if (held != null || decoder.isHolding() || (waiting >= MOST_WAITING && !receiving)) {
        hold(ctx, bytes);
        return;
      }
      int piece = receiving && bodyLeft > SLICE ? (int) Math.min(bodyLeft, 1 << 30) : SLICE;
      if (switched || bytes.readableBytes() <= piece) {
        ctx.fireChannelRead(bytes);
        return;
      }
      ctx.fireChannelRead(bytes.readRetainedSlice(piece));
      if (!connection.mayReadAhead(this)) {
        break;
      }
    }
    bytes.release();
  }

  private void hold(ChannelHandlerContext ctx, ByteBuf bytes) {
    held = joined(ctx, held, bytes);
    source = ctx;
    ctx.channel().config().setAutoRead(false);
  }

  /** Lets go at once of what is not whole; the connection is about to end. */
  void forget() {
    decoder.forget();
    release();
  }

  private static ByteBuf joined(ChannelHandlerContext ctx, @Nullable ByteBuf first, ByteBuf then) {
    return first == null ? then : ctx.alloc().compositeBuffer(64).addComponents(true, first, then);
  }

  /**
   * Vert.x wants to read, which it does only when nothing waits in it.
   *
   * @return false if there are bytes left that come first
   */
  boolean mayRead(ChannelHandlerContext ctx) {
    if (feeding) {
      return false;
    }
    if (held == null) {
      return true;
    }
    ctx.channel().config().setAutoRead(false);
    if (decoder.isHolding()) {
      return false;
    }
    ctx.executor().execute(() -> goOn(ctx));
    return false;
  }

  private void goOn(ChannelHandlerContext ctx) {
    ByteBuf bytes = held;
    if (bytes == null || decoder.isHolding()) {
      return;
    }
    held = null;
    feeding = true;
    // Whoever gets the bytes may want no more, and then it stays so.
    ctx.channel().config().setAutoRead(true);
    feed(ctx, bytes);
    feeding = false;
    ctx.pipeline().fireChannelReadComplete();
  }

  /** What has come behind the handshake goes first, whether or not it came with it. */
  private void tunnelBegins(ChannelHandlerContext ctx) {
    decoder.letGo();
    ByteBuf first = behind;
    behind = null;
    ByteBuf rest = held;
    held = null;
    if (rest != null) {
      first = joined(ctx, first, rest);
    }
    if (first != null) {
      // Whoever gets the bytes may want no more, and then it stays so.
      ctx.channel().config().setAutoRead(true);
      ctx.fireChannelRead(first);
      ctx.fireChannelReadComplete();
    }
  }

  /** The handshake was refused, so what came behind it is another request. */
  private void staysHttp() {
    decoder.goOn();
    if (source != null && held != null) {
      goOn(source);
    }
  }

  void release() {
    if (held != null) {
      held.release();
      held = null;
    }
    if (behind != null) {
      behind.release();
      behind = null;
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (decoder.isHolding() && message instanceof ByteBuf bytes) {
      behind = joined(ctx, behind, bytes);
      return;
    }
    if (goodbye && !receiving) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest request) {
      waiting++;
      receiving = true;
      bodyLeft = bodyLength(request);
      connection.headComplete();
      begins(request);
    }
    if (message instanceof HttpContent content) {
      bodyLeft -= content.content().readableBytes();
      if (message instanceof LastHttpContent last) {
        receiving = false;
        if (!last.trailingHeaders().isEmpty()) {
          // They end here, and would wait with a request that waits.
          last.trailingHeaders().clear();
        }
      }
    }
    ctx.fireChannelRead(message);
  }

  private void begins(HttpRequest request) {
    int lines = 0;
    long size = 0;
    for (var each = request.headers().iteratorCharSequence(); each.hasNext(); ) {
      Map.Entry<CharSequence, CharSequence> line = each.next();
      lines++;
      size += line.getKey().length() + line.getValue().length();
    }
    if (request.decoderResult().isFailure()) {
      // It is refused, whatever they say, perhaps after others.
      request.headers().clear();
      lines = 0;
      size = 0;
    }
    long taken = RequestWeight.ofHead(request.uri(), lines, size);
    underWay.add(taken);
    weight += taken;
  }

  private static long bodyLength(HttpRequest request) {
    try {
      return HttpUtil.getContentLength(request, -1L);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    boolean interim = false;
    if (message instanceof HttpResponse response) {
      int status = response.status().code();
      if (status == 101) {
        switched = true;
      } else if (status < 200) {
        interim = true;
      } else if (door.isStopping() && underWay.size() == 1 && held == null) {
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        goodbye = true;
      }
    }
    if (message instanceof LastHttpContent && !interim && !switched) {
      waiting--;
      ctx.write(message, promise.unvoid().addListener(sent -> ended(ctx.channel())));
      if (waiting == 0 && decoder.isHolding()) {
        ctx.executor().execute(this::staysHttp);
      }
    } else {
      ctx.write(message, promise);
    }
  }

  private void ended(Channel channel) {
    Long ended = underWay.poll();
    weight -= ended == null ? 0 : ended;
    connection.answered();
    if (goodbye && channel instanceof DuplexChannel duplex) {
      // Closing at once, with something unread, would take the response from the client.
      SslHandler tls = channel.pipeline().get(SslHandler.class);
      if (tls == null) {
        duplex.shutdownOutput();
      } else {
        tls.closeOutbound().addListener(said -> duplex.shutdownOutput());
      }
    }
  }
}
