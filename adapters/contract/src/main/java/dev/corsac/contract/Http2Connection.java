package dev.corsac.contract;

import dev.corsac.contract.Case.Request;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.AsciiString;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One HTTP/2 connection, with header lines as they are in a case, valid or not. */
final class Http2Connection {
  private static final int TIMEOUT_SECONDS = 15;
  private static final EventLoopGroup THREADS =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  private Http2Connection() {}

  /** Sends all requests at once, each on a stream of its own. */
  static List<Response> exchange(int port, List<Request> requests) throws Exception {
    Channel connection =
        new Bootstrap()
            .group(THREADS)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            Http2FrameCodecBuilder.forClient()
                                .validateHeaders(false)
                                .encoderIgnoreMaxHeaderListSize(true)
                                .build(),
                            new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()),
                            new End());
                  }
                })
            .connect(InetAddress.getLoopbackAddress(), port)
            .sync()
            .channel();
    try {
      List<CompletableFuture<Response>> answers = new ArrayList<>();
      for (Request request : requests) {
        answers.add(send(connection, request));
      }
      List<Response> responses = new ArrayList<>();
      for (CompletableFuture<Response> answer : answers) {
        responses.add(answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
      }
      return responses;
    } finally {
      connection.close().sync();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the answer tells what became of them
  private static CompletableFuture<Response> send(Channel connection, Request request)
      throws Exception {
    CompletableFuture<Response> answer = new CompletableFuture<>();
    Channel stream =
        new Http2StreamChannelBootstrap(connection).handler(new Stream(answer)).open().get();
    String body = request.body();
    stream.write(new DefaultHttp2HeadersFrame(head(request), body == null));
    if (body != null) {
      stream.write(
          new DefaultHttp2DataFrame(Unpooled.copiedBuffer(body, StandardCharsets.UTF_8), true));
    }
    stream.flush();
    return answer;
  }

  private static Http2Headers head(Request request) {
    Http2Headers head =
        new DefaultHttp2Headers(false)
            .method(request.method())
            .scheme("http")
            .authority(
                String.join(",", request.headers().getOrDefault("Host", List.of("localhost"))))
            .path(request.target());
    request
        .headers()
        .forEach(
            (name, values) -> {
              if (!name.equals("Host")) {
                values.forEach(value -> head.add(name.toLowerCase(Locale.ROOT), bytes(value)));
              }
            });
    return head;
  }

  private static AsciiString bytes(String value) {
    return new AsciiString(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Ends a connection that the server resets, and its streams with it. */
  private static final class End extends ChannelInboundHandlerAdapter {
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // closed is closed
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  /** Receives the response of a stream. */
  private static final class Stream extends SimpleChannelInboundHandler<Http2StreamFrame> {
    private final CompletableFuture<Response> answer;
    private final List<Reply.Header> headers = new ArrayList<>();
    private final StringBuilder body = new StringBuilder();
    private int status;

    Stream(CompletableFuture<Response> answer) {
      this.answer = answer;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Http2StreamFrame frame) {
      boolean last = false;
      if (frame instanceof Http2HeadersFrame head) {
        readHead(head.headers());
        last = head.isEndStream();
      } else if (frame instanceof Http2DataFrame data) {
        body.append(data.content().toString(StandardCharsets.UTF_8));
        last = data.isEndStream();
      }
      if (last) {
        answer.complete(new Response(status, headers, body.toString()));
      }
    }

    private void readHead(Http2Headers head) {
      if (head.status() == null) {
        return; // trailers
      }
      status = Integer.parseInt(head.status().toString());
      headers.clear(); // of an interim response
      head.forEach(
          line -> {
            if (!Http2Headers.PseudoHeaderName.hasPseudoHeaderFormat(line.getKey())) {
              headers.add(new Reply.Header(line.getKey().toString(), line.getValue().toString()));
            }
          });
    }

    /** After a reset of the stream, or the end of the connection. */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
      answer.complete(Response.CLOSED);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      answer.complete(Response.CLOSED);
    }
  }
}
