package dev.corsac.netty;

import dev.corsac.contract.Application;
import dev.corsac.contract.Manner;
import dev.corsac.contract.Reply;
import dev.corsac.contract.Reply.Header;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** The application of the contract, as a handler that answers pipelined requests in order. */
@SuppressWarnings("FutureReturnValueIgnored") // the client sees what became of them
final class ApplicationHandler extends SimpleChannelInboundHandler<HttpObject> {
  private final Application application;
  private final Queue<Reply> replies = new ArrayDeque<>();
  private boolean busy;

  ApplicationHandler(Application application) {
    this.application = application;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
    if (!(message instanceof HttpRequest request)) {
      return;
    }
    if (request.decoderResult().isFailure()) {
      replies.add(new Reply(431, List.of(), "", Manner.WRITE));
    } else {
      replies.add(
          application.run(
              request.method().name(),
              request.uri(),
              request.headers().get(Application.DOES),
              request.headers().get(Application.CALL)));
    }
    next(context);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    end(context, new Reply(500, List.of(), "", Manner.WRITE));
  }

  private void next(ChannelHandlerContext context) {
    if (busy || replies.isEmpty()) {
      return;
    }
    Reply reply = replies.remove();
    busy = true;
    switch (reply.manner()) {
      case ASYNC, ASYNC_ERROR ->
          context.executor().schedule(() -> end(context, reply), 50, TimeUnit.MILLISECONDS);
      case THROW -> throw new IllegalStateException("thrown on purpose");
      default -> end(context, reply);
    }
  }

  private void end(ChannelHandlerContext context, Reply reply) {
    HttpResponseStatus status = HttpResponseStatus.valueOf(reply.status());
    if (reply.manner() == Manner.FLUSH) {
      HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status);
      setHeaders(head, reply);
      HttpUtil.setTransferEncodingChunked(head, true);
      context.writeAndFlush(head);
      for (byte piece : reply.body().getBytes(StandardCharsets.UTF_8)) {
        context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[] {piece})));
      }
      context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    } else {
      FullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              status,
              Unpooled.copiedBuffer(reply.body(), StandardCharsets.UTF_8));
      setHeaders(response, reply);
      HttpUtil.setContentLength(response, response.content().readableBytes());
      context.writeAndFlush(response);
    }
    busy = false;
    next(context);
  }

  private static void setHeaders(HttpResponse response, Reply reply) {
    for (Header header : reply.headers()) {
      response.headers().add(header.name(), header.value());
    }
  }
}
