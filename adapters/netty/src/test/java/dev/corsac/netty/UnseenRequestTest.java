package dev.corsac.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.CorsPolicy;
import dev.corsac.Enforcement;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection on which the application does not see every request. */
class UnseenRequestTest {
  private static final String PREFLIGHT =
      head("OPTIONS", "Origin: https://example.com", "Access-Control-Request-Method: PUT");

  private final List<HttpObject> seen = new ArrayList<>();
  private final EmbeddedChannel channel = new EmbeddedChannel();

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void malformedBodyOfARefusedRequest_closesTheConnection() {
    channel.pipeline().addLast(new HttpRequestDecoder(), handler());
    send(refused("Transfer-Encoding: chunked") + "3\r\nabc\r\n");
    assertThat(next().status()).isEqualTo(HttpResponseStatus.FORBIDDEN);
    assertThat(channel.isOpen()).isTrue();
    send("zz\r\n" + PREFLIGHT);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void malformedBodyOfARefusedRequest_closesTheConnectionBehindWhatIsStillToCome() {
    channel.pipeline().addLast(new HttpRequestDecoder(), handler());
    send(get("https://example.com"));
    send(refused("Transfer-Encoding: chunked") + "zz\r\n");
    assertThat(channel.isOpen()).isTrue();
    channel.writeOutbound(ok());
    assertThat(next().status()).isEqualTo(HttpResponseStatus.OK);
    HttpResponse refusal = next();
    assertThat(refusal.status()).isEqualTo(HttpResponseStatus.FORBIDDEN);
    assertThat(refusal.headers().get("Connection")).isEqualTo("close");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void refusalWhereTheClientAsksBeforeItSendsItsBody_isTheLastResponse() {
    channel.pipeline().addLast(new HttpRequestDecoder(), handler());
    send(refused("Expect: 100-continue", "Content-Length: 3"));
    assertThat(next().headers().get("Connection")).isEqualTo("close");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void requestBehindOnesThatTheApplicationDoesNotSee_isReadForAnApplicationThatAsksForEach() {
    channel.config().setAutoRead(false);
    channel
        .pipeline()
        .addLast(new HttpRequestDecoder(), new FlowControlHandler(), handler(), new Asking());
    channel.read();
    send(
        PREFLIGHT
            + refused("Transfer-Encoding: chunked")
            + "1\r\na\r\n".repeat(20_000)
            + "0\r\n\r\n");
    send(get("https://example.com"));
    assertThat(seen).hasSize(2);
  }

  @Test
  void requestsThatTheApplicationSees_areReadOnlyWhenItAsks() {
    channel.config().setAutoRead(false);
    channel.pipeline().addLast(new HttpRequestDecoder(), new FlowControlHandler(), handler());
    channel.read();
    send(PREFLIGHT + get("https://example.com"));
    assertThat(channel.inboundMessages()).hasSize(1);
  }

  @Test
  void responseThatIsWrittenWhenTheOneBeforeHasLeft_hasItsOwnHeaders() {
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 1));
    channel
        .pipeline()
        .addLast(
            new HttpRequestDecoder(), new FlushingWhenFull(), handler(), new WritingWhenEmpty());
    send(get("https://example.com") + get("https://other.example"));
    channel.writeOutbound(ok());
    assertThat(next().headers().get("Access-Control-Allow-Origin"))
        .isEqualTo("https://example.com");
    assertThat(next().headers().get("Access-Control-Allow-Origin"))
        .isEqualTo("https://other.example");
  }

  private static CorsHandler handler() {
    return new CorsHandler(
        CorsPolicy.builder()
            .allowOrigins("https://example.com", "https://other.example")
            .allowMethods("PUT")
            .enforce(Enforcement.UNSAFE)
            .build());
  }

  private static String get(String origin) {
    return head("GET", "Origin: " + origin);
  }

  /** The head of a request that changes state, from a page that may not. */
  private static String refused(String... fields) {
    return head("POST", "Origin: https://evil.example", String.join("\r\n", fields));
  }

  private static String head(String method, String... fields) {
    return method + " / HTTP/1.1\r\nHost: a\r\n" + String.join("\r\n", fields) + "\r\n\r\n";
  }

  private void send(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }

  private HttpResponse next() {
    return channel.readOutbound();
  }

  private static HttpResponse ok() {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1,
        HttpResponseStatus.OK,
        Unpooled.copiedBuffer("whole", StandardCharsets.US_ASCII));
  }

  /** Asks for another message once it has one. */
  private final class Asking extends ChannelDuplexHandler {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      seen.add((HttpObject) message);
      ReferenceCountUtil.release(message);
      context.read();
    }
  }

  private static final class FlushingWhenFull extends ChannelDuplexHandler {
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      if (!context.channel().isWritable()) {
        context.flush();
      }
      context.fireChannelWritabilityChanged();
    }
  }

  /** Writes a second response as soon as the first has left. */
  private static final class WritingWhenEmpty extends ChannelDuplexHandler {
    private boolean written;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      if (context.channel().isWritable() && !written) {
        written = true;
        ChannelFuture unused = context.writeAndFlush(ok());
      }
    }
  }
}
