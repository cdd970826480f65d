package dev.corsac.gateway.connection;

import dev.corsac.gateway.http.RequestDecoder;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;

/** How much waits in memory between a client and an upstream, when one does not take it. */
final class Buffers {
  /** What is read at once. */
  static final int READ = RequestDecoder.MOST_PIECE;

  private static final int READS_AT_ONCE = 4;

  /**
   * What has been read and waits: Vert.x stops at eight objects, but only after a round of reads.
   */
  static final int READ_AHEAD = (8 + READS_AT_ONCE) * READ;

  private static final WriteBufferWaterMark WRITE_AHEAD = new WriteBufferWaterMark(READ, 2 * READ);

  /**
   * Bounds what waits in the kernel: what it has not sent yet is ours to see, so a slow client is
   * told from one that stands still. Only on Linux.
   */
  private static final String UNSENT =
      "io.netty.channel.epoll.EpollChannelOption#TCP_NOTSENT_LOWAT";

  private static final long UNSENT_BYTES = 2 * READ;

  private Buffers() {}

  static void ofClient(Channel channel) {
    ofUpstream(channel);
    channel.config().setWriteBufferWaterMark(WRITE_AHEAD);
    if (ChannelOption.exists(UNSENT)) {
      channel.config().setOption(ChannelOption.<Long>valueOf(UNSENT), UNSENT_BYTES);
    }
  }

  static void ofUpstream(Channel channel) {
    channel
        .config()
        .setRecvByteBufAllocator(
            new AdaptiveRecvByteBufAllocator(1024, READ / 4, READ)
                .maxMessagesPerRead(READS_AT_ONCE));
  }
}
