package dev.corsac.netty;

import dev.corsac.Cors;
import dev.corsac.CorsRequest;
import dev.corsac.CorsResponse;
import dev.corsac.Decision;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * CORS for a Netty channel; behind the HTTP codec and ahead of everything that answers.
 *
 * <pre>{@code
 * pipeline.addLast(new HttpServerCodec(), new CorsHandler(policy), application);
 * }</pre>
 *
 * <p>The headers are written to whatever response leaves the pipeline. Of pipelined requests each
 * has its own decision, and an answer of this handler waits until the earlier responses are
 * written; as ever with Netty, the application's own have to come in the order of the requests.
 *
 * <p>Not sharable: each channel gets a handler of its own.
 */
public final class CorsHandler extends ChannelDuplexHandler {
  /** Names with their hash, which Netty would compute again for each look-up of a string. */
  private static final Map<String, AsciiString> HASHED =
      Stream.of(
              "Origin",
              "Access-Control-Request-Method",
              "Access-Control-Request-Headers",
              "Access-Control-Allow-Origin",
              "Access-Control-Allow-Credentials",
              "Access-Control-Allow-Methods",
              "Access-Control-Allow-Headers",
              "Access-Control-Expose-Headers",
              "Access-Control-Max-Age",
              "Vary")
          .collect(Collectors.toUnmodifiableMap(name -> name, AsciiString::new));

  private final Cors cors;
  private final Queue<Pending> pending = new ArrayDeque<>();
  private boolean dropping;
  private boolean interim;

  /**
   * A handler that applies the decisions of {@code cors}, usually a {@link dev.corsac.CorsPolicy}.
   */
  public CorsHandler(Cors cors) {
    this.cors = Objects.requireNonNull(cors, "cors");
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      // Of a head that could not be read, half of the headers may be missing.
      Cors deciding = request.decoderResult().isFailure() ? Cors.off() : cors;
      Decision decision = deciding.decide(new Request(request, context.channel()));
      pending.add(new Pending(decision, HttpUtil.isKeepAlive(request)));
      dropping = decision instanceof Decision.Answer;
      answerInTurn(context);
    }
    if (!dropping) {
      context.fireChannelRead(message);
      return;
    }
    // The body of a request that the application does not see.
    dropping = !(message instanceof LastHttpContent);
    ReferenceCountUtil.release(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    Pending next = pending.peek();
    if (message instanceof HttpResponse response) {
      interim = isInterim(response.status());
      if (next != null && !interim) {
        write(next.decision, response.headers());
      }
    }
    ChannelFuture unused = context.write(message, promise);
    if (message instanceof LastHttpContent && !interim) {
      pending.poll();
      answerInTurn(context);
    }
  }

  /** To see that there is nothing to remove costs less than to look each header up. */
  private static void write(Decision decision, HttpHeaders head) {
    Iterator<Map.Entry<CharSequence, CharSequence>> lines = head.iteratorCharSequence();
    while (lines.hasNext()) {
      if (CorsResponse.isWritten(lines.next().getKey())) {
        decision.applyTo(new Response(head));
        return;
      }
    }
    decision.addTo(new Response(head));
  }

  /** True for 100 and 103, after which the response is still to come; not for 101. */
  private static boolean isInterim(HttpResponseStatus status) {
    return status.codeClass() == HttpStatusClass.INFORMATIONAL
        && !status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
  }

  private void answerInTurn(ChannelHandlerContext context) {
    Pending next = pending.peek();
    while (next != null && next.decision instanceof Decision.Answer answer) {
      pending.remove();
      FullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
      write(answer, response.headers());
      if (answer.status() != 204) {
        HttpUtil.setContentLength(response, 0);
      }
      HttpUtil.setKeepAlive(response, next.keepAlive);
      ChannelFuture written = context.writeAndFlush(response);
      if (!next.keepAlive) {
        written.addListener(ChannelFutureListener.CLOSE);
      }
      next = pending.peek();
    }
  }

  private static CharSequence hashed(String name) {
    AsciiString hashed = HASHED.get(name);
    return hashed == null ? name : hashed;
  }

  /** A request that is not answered yet. */
  private record Pending(Decision decision, boolean keepAlive) {}

  /** What the engine looks at. */
  private record Request(HttpRequest request, Channel channel) implements CorsRequest {

    @Override
    public String method() {
      return request.method().name();
    }

    @Override
    public String path() {
      return CorsRequest.pathOf(request.uri());
    }

    @Override
    public @Nullable String header(String name) {
      return request.headers().get(hashed(name));
    }

    @Override
    public List<String> headers(String name) {
      return request.headers().getAll(hashed(name));
    }

    @Override
    public boolean isRepeated(String name) {
      Iterator<? extends CharSequence> lines =
          request.headers().valueCharSequenceIterator(hashed(name));
      if (!lines.hasNext()) {
        return false;
      }
      lines.next();
      return lines.hasNext();
    }

    /** The channel of an HTTP/2 stream has TLS in its parent. */
    @Override
    public boolean hasClientCertificate() {
      SslHandler tls = channel.pipeline().get(SslHandler.class);
      if (tls == null && channel.parent() != null) {
        tls = channel.parent().pipeline().get(SslHandler.class);
      }
      return tls != null && CorsRequest.hasClientCertificate(tls.engine().getSession());
    }
  }

  /** Where the headers go. */
  private record Response(HttpHeaders head) implements CorsResponse {

    @Override
    public List<String> headers(String name) {
      return head.getAll(hashed(name));
    }

    @Override
    public void setHeader(String name, String value) {
      head.set(hashed(name), value);
    }

    @Override
    public void addHeader(String name, String value) {
      head.add(hashed(name), value);
    }

    @Override
    public void removeHeader(String name) {
      head.remove(hashed(name));
    }
  }
}
