package dev.corsac.gateway.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.handler.ssl.SslHandler;

/**
 * What TCP knows of the order in which the two sides of a connection spoke. Each segment says how
 * much its sender has received by then (RFC 9293 section 3.4), so when a segment has come and
 * something of ours is not acknowledged still, it was sent without knowledge of that.
 *
 * <p>Only on Linux; elsewhere, and under TLS, which has messages of its own, nothing is known.
 */
final class Acknowledgement {
  private final EpollTcpInfo info = new EpollTcpInfo();

  /**
   * Whether something that was sent on a connection is known not to have reached the other side.
   */
  boolean isMissing(Channel channel) {
    if (!(channel instanceof EpollSocketChannel socket)
        || channel.pipeline().get(SslHandler.class) != null) {
      return false;
    }
    try {
      socket.tcpInfo(info);
    } catch (ChannelException e) {
      return false;
    }
    return info.unacked() > 0;
  }
}
