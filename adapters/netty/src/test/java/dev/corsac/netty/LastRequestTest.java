package dev.corsac.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.CorsPolicy;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request with {@code Connection: close}: RFC 9112 section 9.6. */
class LastRequestTest {
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new CorsHandler(CorsPolicy.builder().allowOrigins("https://example.com").build()));

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void lastPreflight_isAnsweredAndTheConnectionClosed() {
    assertThat(channel.writeInbound(preflight("keep-alive"))).isFalse();
    assertThat(connection()).isNull();
    assertThat(channel.isOpen()).isTrue();
    assertThat(channel.writeInbound(preflight("close"))).isFalse();
    assertThat(connection()).isEqualTo("close");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void lastPreflight_behindARequestThatTakesLong_waitsForIt() {
    channel.writeInbound(get("keep-alive"), preflight("keep-alive"), preflight("close"));
    assertThat(channel.<Object>readOutbound()).isNull();
    channel.writeOutbound(ok());
    assertThat(connection()).isNull();
    assertThat(connection()).isNull();
    assertThat(connection()).isEqualTo("close");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void requestBehindTheLast_isNotProcessed() {
    channel.writeInbound(get("close"), preflight("keep-alive"), get("keep-alive"));
    assertThat(channel.inboundMessages()).hasSize(1);
    channel.writeOutbound(ok());
    assertThat(channel.outboundMessages()).hasSize(1);
  }

  private String connection() {
    HttpResponse response = channel.readOutbound();
    return response.headers().get("Connection");
  }

  private static FullHttpRequest get(String connection) {
    return request(HttpMethod.GET, connection);
  }

  private static FullHttpRequest preflight(String connection) {
    FullHttpRequest request = request(HttpMethod.OPTIONS, connection);
    request.headers().set("Access-Control-Request-Method", "GET");
    return request;
  }

  private static FullHttpRequest request(HttpMethod method, String connection) {
    FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, "/");
    request.headers().set("Origin", "https://example.com").set("Connection", connection);
    return request;
  }

  private static HttpResponse ok() {
    return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
  }
}
