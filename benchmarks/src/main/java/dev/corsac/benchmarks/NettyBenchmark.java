package dev.corsac.benchmarks;

import dev.corsac.CorsPolicy;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.cors.CorsConfigBuilder;
import io.netty.handler.codec.http.cors.CorsHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A request and its response through a Netty pipeline, beside Netty's own handler. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgs = "-Xmx1g")
public class NettyBenchmark {
  private static final String ORIGIN = "https://app0.example.com";
  private static final String[] METHODS = {"GET", "POST", "PUT", "DELETE"};
  private static final String[] HEADERS = {"Content-Type", "Authorization", "X-Request-ID"};

  /** Whose handler; none is what the exchange costs by itself. */
  @Param({"none", "netty", "corsac"})
  public String handler = "";

  /** The request. */
  @Param({"no-origin", "allowed-get", "denied-get", "allowed-preflight"})
  public String request = "";

  private EmbeddedChannel channel = new EmbeddedChannel();
  private boolean preflight;
  private String origin = "";

  /** Builds the pipeline and sees that it grants and denies. */
  @Setup
  public void setUp() {
    preflight = request.equals("allowed-preflight");
    origin =
        switch (request) {
          case "no-origin" -> "";
          case "denied-get" -> "https://evil.example.org";
          default -> ORIGIN;
        };
    ChannelHandler application = new Application();
    channel =
        switch (handler) {
          case "none" -> new EmbeddedChannel(application);
          case "netty" -> new EmbeddedChannel(new CorsHandler(config().build()), application);
          default -> new EmbeddedChannel(new dev.corsac.netty.CorsHandler(policy()), application);
        };
    String granted = exchange().headers().get("Access-Control-Allow-Origin");
    if (!handler.equals("none") && ORIGIN.equals(granted) != origin.equals(ORIGIN)) {
      throw new IllegalStateException(handler + " grants " + granted);
    }
  }

  private static CorsConfigBuilder config() {
    return CorsConfigBuilder.forOrigin(ORIGIN)
        .allowCredentials()
        .allowedRequestMethods(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE)
        .allowedRequestHeaders(HEADERS)
        .exposeHeaders("X-Total-Count")
        .maxAge(600);
  }

  private static CorsPolicy policy() {
    return CorsPolicy.builder()
        .allowOrigins(ORIGIN)
        .allowMethods(METHODS)
        .allowHeaders(HEADERS)
        .exposeHeaders("X-Total-Count")
        .allowCredentials()
        .build();
  }

  /** Answers with a status and two headers. */
  private static final class Application extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
      FullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.EMPTY_BUFFER);
      response.headers().set("Content-Type", "application/json").set("Content-Length", "0");
      ChannelFuture unused = context.writeAndFlush(response, context.voidPromise());
    }
  }

  /** The request and its response. */
  @Benchmark
  public FullHttpResponse exchange() {
    DefaultFullHttpRequest asked =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            preflight ? HttpMethod.OPTIONS : HttpMethod.GET,
            "/api/items",
            Unpooled.EMPTY_BUFFER);
    HttpHeaders headers = asked.headers();
    headers.set("Host", "api.example.com").set("Accept", "*/*");
    if (!origin.isEmpty()) {
      headers.set("Origin", origin);
    }
    if (preflight) {
      headers
          .set("Access-Control-Request-Method", "PUT")
          .set("Access-Control-Request-Headers", "authorization,content-type");
    }
    channel.writeInbound(asked);
    FullHttpResponse response = channel.readOutbound();
    response.release();
    return response;
  }
}
