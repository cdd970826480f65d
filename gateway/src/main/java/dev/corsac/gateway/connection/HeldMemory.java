package dev.corsac.gateway.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/**
 * What one connection holds of the memory that there is for all clients.
 *
 * <p>Everything happens on the connection's event loop.
 *
 * @see Door#take
 */
final class HeldMemory {
  private final Channel channel;

  /** For the head of the request under way. */
  private final Share head;

  /** For what has been read of the next ones. */
  private final Share ahead;

  /** For what the client does not take, or we do not read. */
  private final Share slow;

  HeldMemory(Door door, Channel channel) {
    this.channel = channel;
    this.head = new Share(door);
    this.ahead = new Share(door);
    this.slow = new Share(door);
  }

  /**
   * Counts the request that is under way.
   *
   * @return false if there is no room for it; no head is counted then
   */
  boolean request(long weight) {
    boolean room = head.become(weight);
    if (!room) {
      head.giveBack();
    }
    return room;
  }

  /**
   * Counts what has been read ahead: requests that wait, and of fields what is not whole.
   *
   * @return false if there is no room for it
   */
  boolean readAhead(Http1Messages messages) {
    return ahead.become(messages.waiting() + messages.unfinished());
  }

  /** No request is under way any more. */
  void headEnded() {
    head.giveBack();
  }

  /**
   * Counts what waits for the other side to take it.
   *
   * @return false if there is no room for it
   */
  boolean waiting(Protocol protocol) {
    long weight = unsent() + (channel.isWritable() ? 0 : Buffers.READ_AHEAD);
    Http1Messages messages = protocol.http1();
    if (messages != null && messages.isReceiving() && !channel.config().isAutoRead()) {
      weight += Buffers.READ_AHEAD;
    }
    Http2Streams streams = protocol.http2();
    if (streams != null) {
      weight += streams.waiting();
    }
    return slow.become(weight);
  }

  /** The bytes that the client has not taken. */
  long unsent() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  /** The connection is gone. */
  void giveBack() {
    head.giveBack();
    ahead.giveBack();
    slow.giveBack();
  }
}
