package dev.corsac.gateway.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2LocalFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.Map;

/**
 * The streams of one HTTP/2 connection.
 *
 * <p>Everything happens on the connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whatever becomes of them, the connection tells
public final class Http2Streams extends Http2ConnectionAdapter {
  /** How many a client may have at the same time, whether or not it knows that yet. */
  public static final int MOST = 100;

  private static final int NO_ERROR = 0;
  private static final int LAST_STREAM = Integer.MAX_VALUE;

  private final Door door;
  private final ClientConnection connection;
  private final Http2ConnectionHandler handler;
  private final ChannelHandlerContext ctx;
  private final Map<Integer, Stream> streams = new HashMap<>();
  private boolean goodbye;

  /** A request with what it has taken of the room for heads. */
  private record Stream(HttpServerRequest request, long weight, Pace outward) {}

  Http2Streams(
      Door door,
      ClientConnection connection,
      Http2ConnectionHandler handler,
      ChannelHandlerContext ctx) {
    this.door = door;
    this.connection = connection;
    this.handler = handler;
    this.ctx = ctx;
    handler.connection().addListener(this);
    handler.connection().remote().maxActiveStreams(MOST);
  }

  /**
   * Takes note of a request that is about to be handled.
   *
   * @return false if there is no room for it beside all the others
   */
  boolean begin(HttpServerRequest request, long weight) {
    boolean room = door.take(weight);
    connection.headComplete();
    long taken = room ? weight : 0;
    streams.put((int) request.streamId(), new Stream(request, taken, new Pace()));
    return room;
  }

  boolean isEmpty() {
    return handler.connection().numActiveStreams() == 0;
  }

  @Override
  public void onStreamClosed(Http2Stream closed) {
    Stream stream = streams.remove(closed.id());
    if (stream != null) {
      door.giveBack(stream.weight());
    }
    if (isEmpty()) {
      connection.answered();
    }
  }

  void close() {
    streams.values().forEach(stream -> door.giveBack(stream.weight()));
    streams.clear();
  }

  /**
   * Ends the streams whose clients take too little. How long a body may take is asked elsewhere.
   */
  void resetSlow(long now, long patience) {
    // A reset changes the map.
    for (Map.Entry<Integer, Stream> each : Map.copyOf(streams).entrySet()) {
      Stream stream = each.getValue();
      HttpServerResponse response = stream.request().response();
      if (stream.outward().tooSlow(now, response.bytesWritten(), takes(stream), patience)) {
        handler.resetStream(ctx, each.getKey(), Http2Error.CANCEL.code(), ctx.newPromise());
        ctx.flush();
      }
    }
  }

  /** About what waits for the client to take it, or for an upstream to. */
  long waiting() {
    Http2LocalFlowController received = handler.connection().local().flowController();
    long bytes = received.unconsumedBytes(handler.connection().connectionStream());
    for (Stream stream : streams.values()) {
      if (takes(stream)) {
        bytes += Buffers.READ + Buffers.READ_AHEAD;
      }
    }
    return bytes;
  }

  /** Whether it is the client's turn to take something; what has ended and is here waits for it. */
  private static boolean takes(Stream stream) {
    HttpServerResponse response = stream.request().response();
    return response.ended() || response.writeQueueFull();
  }

  /** Tells the client to open no more streams here (RFC 9113 section 6.8). */
  void sayGoodbye() {
    if (!goodbye) {
      goodbye = true;
      handler.goAway(ctx, LAST_STREAM, NO_ERROR, Unpooled.EMPTY_BUFFER, ctx.newPromise());
      ctx.flush();
    }
  }
}
