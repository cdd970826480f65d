package dev.corsac.netty;

import dev.corsac.Cors;
import dev.corsac.contract.AdapterContract;
import dev.corsac.contract.Application;
import dev.corsac.contract.Server;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.util.Version;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;

class NettyTest extends AdapterContract {

  @Override
  protected String stack() {
    Version version = Objects.requireNonNull(Version.identify().get("netty-codec-http"));
    return "Netty " + version.artifactVersion();
  }

  @Override
  protected Server start(Cors cors, Application application) throws Exception {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    Channel channel =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel client) {
                    addHandlers(client, cors, application);
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    return new Server(
        ((InetSocketAddress) channel.localAddress()).getPort(),
        () -> group.shutdownGracefully().sync());
  }

  void addHandlers(Channel client, Cors cors, Application application) {
    client
        .pipeline()
        .addLast(
            new HttpServerCodec(),
            new HttpServerKeepAliveHandler(),
            new CorsHandler(cors),
            new ApplicationHandler(application));
  }
}
