package dev.corsac.examples;

import dev.corsac.CorsPolicy;
import dev.corsac.examples.Api.Answer;
import dev.corsac.netty.CorsHandler;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The API on Netty; the handler of one connection. */
final class NettyExample extends SimpleChannelInboundHandler<FullHttpRequest> {
  private final Api api;

  private NettyExample(Api api) {
    this.api = api;
  }

  static Running start(CorsPolicy policy, int port) throws InterruptedException {
    Api api = new Api();
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
    ServerBootstrap server =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel client) {
                    client
                        .pipeline()
                        .addLast(new HttpServerCodec(), new HttpServerKeepAliveHandler())
                        .addLast(new CorsHandler(policy))
                        .addLast(new HttpObjectAggregator(65_536), new NettyExample(api));
                  }
                });
    Channel channel = server.bind(InetAddress.getLoopbackAddress(), port).sync().channel();
    return new Running(
        ((InetSocketAddress) channel.localAddress()).getPort(),
        () -> group.shutdownGracefully().sync());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    String path = new QueryStringDecoder(request.uri()).path();
    Answer answer =
        switch (request.method().name() + " " + path) {
          case "GET /api/data" -> api.data();
          case "POST /api/data" -> api.receive(request.content().toString(StandardCharsets.UTF_8));
          case "GET /api/items" -> api.items();
          case "POST /login" -> api.login();
          case "GET /protected" -> api.showProtected(request.headers().get("Cookie"));
          default -> api.notFound();
        };
    var unused = context.writeAndFlush(response(answer));
  }

  private static FullHttpResponse response(Answer answer) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            Unpooled.copiedBuffer(answer.body(), StandardCharsets.UTF_8));
    response.headers().set("Content-Type", "application/json");
    answer.headers().forEach(response.headers()::set);
    HttpUtil.setContentLength(response, response.content().readableBytes());
    return response;
  }
}
