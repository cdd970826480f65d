package dev.corsac.netty;

import dev.corsac.Cors;
import dev.corsac.contract.Application;
import dev.corsac.contract.Protocol;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.util.EnumSet;
import java.util.Set;

/** The handler in the channel of each stream. */
class NettyHttp2Test extends NettyTest {

  @Override
  protected Set<Protocol> protocols() {
    return EnumSet.of(Protocol.HTTP_2);
  }

  @Override
  void addHandlers(Channel client, Cors cors, Application application) {
    client
        .pipeline()
        .addLast(
            Http2FrameCodecBuilder.forServer().build(),
            new Http2MultiplexHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel stream) {
                    stream
                        .pipeline()
                        .addLast(
                            new Http2StreamFrameToHttpObjectCodec(true),
                            new CorsHandler(cors),
                            new ApplicationHandler(application));
                  }
                }));
  }
}
