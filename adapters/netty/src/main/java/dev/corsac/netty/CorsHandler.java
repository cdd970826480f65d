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
import io.netty.channel.ServerChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
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
  private final Response response = new Response();

  /** Of the requests that are not answered yet. */
  private final Queue<Decision> decisions = new ArrayDeque<>();

  /** Whether a request has come after which the client reads one more response and no other. */
  private boolean lastCame;

  private boolean dropping;
  private boolean interim;

  /** Whether what came last was not for the application. */
  private boolean dropped;

  /** Whether another message is to be read, and whether that is being done. */
  private boolean wanting;

  private boolean reading;

  /**
   * A handler that applies the decisions of {@code cors}, usually a {@link dev.corsac.CorsPolicy}.
   */
  public CorsHandler(Cors cors) {
    this.cors = Objects.requireNonNull(cors, "cors");
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request && !lastCame) {
      // Of a head that could not be read, half of the headers may be missing.
      Cors deciding = request.decoderResult().isFailure() ? Cors.off() : cors;
      Decision decision = deciding.decide(new Request(request, context));
      decisions.add(decision);
      dropping = decision instanceof Decision.Answer;
      lastCame = !HttpUtil.isKeepAlive(request) || (dropping && mayLackBody(request, context));
      answerInTurn(context);
    } else if (message instanceof HttpRequest) {
      // Not to be processed: RFC 9112 section 9.6.
      dropping = true;
    }
    dropped = dropping;
    if (dropping) {
      drop(context, message);
    } else {
      context.fireChannelRead(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.fireChannelReadComplete();
    if (dropped) {
      readOn(context);
    }
  }

  /** Takes a part of a request that the application does not see. */
  private void drop(ChannelHandlerContext context, Object message) {
    dropping = !(message instanceof LastHttpContent);
    if (!lastCame && message instanceof HttpObject part && part.decoderResult().isFailure()) {
      // Where the next request begins cannot be known.
      lastCame = true;
      if (decisions.isEmpty()) {
        ChannelFuture unused = context.close();
      }
    }
    ReferenceCountUtil.release(message);
    readOn(context);
  }

  /** For an application that asks for each message, and does not know of those it does not see. */
  private void readOn(ChannelHandlerContext context) {
    wanting = !context.channel().config().isAutoRead();
    if (reading) {
      return;
    }
    reading = true;
    // What is read may come at once, and be for nobody as well.
    while (wanting) {
      wanting = false;
      context.read();
    }
    reading = false;
  }

  /** Whether it is up to the client if a body still comes (RFC 9110 section 10.1.1). */
  private static boolean mayLackBody(HttpRequest request, ChannelHandlerContext context) {
    return HttpUtil.is100ContinueExpected(request)
        && !(request instanceof LastHttpContent)
        && !isStream(context.channel());
  }

  /** Whether a channel is a stream of an HTTP/2 connection. */
  private static boolean isStream(Channel channel) {
    return channel.parent() != null && !(channel.parent() instanceof ServerChannel);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    Decision next = decisions.peek();
    if (message instanceof HttpResponse head) {
      interim = isInterim(head.status());
      if (next != null && !interim) {
        response.fields = head.headers();
        if (isTouched(response.fields)) {
          next.applyTo(response);
        } else {
          next.addTo(response);
        }
      }
    }
    boolean last = message instanceof LastHttpContent && !interim;
    if (last) {
      // Before it is written: the application may learn then that it can write the next.
      decisions.poll();
    }
    ChannelFuture unused = context.write(message, promise);
    if (last) {
      answerInTurn(context);
    }
  }

  /** To see that there is nothing to remove costs less than to look each header up. */
  private static boolean isTouched(HttpHeaders head) {
    Iterator<Map.Entry<CharSequence, CharSequence>> lines = head.iteratorCharSequence();
    while (lines.hasNext()) {
      if (CorsResponse.isWritten(lines.next().getKey())) {
        return true;
      }
    }
    return false;
  }

  /** True for 100 and 103, after which the response is still to come; not for 101. */
  private static boolean isInterim(HttpResponseStatus status) {
    return status.codeClass() == HttpStatusClass.INFORMATIONAL
        && !status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
  }

  private void answerInTurn(ChannelHandlerContext context) {
    while (decisions.peek() instanceof Decision.Answer answer) {
      decisions.remove();
      boolean keepAlive = !(lastCame && decisions.isEmpty());
      FullHttpResponse message =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
      response.fields = message.headers();
      answer.addTo(response);
      if (answer.status() != 204) {
        HttpUtil.setContentLength(message, 0);
      }
      HttpUtil.setKeepAlive(message, keepAlive);
      ChannelFuture written = context.writeAndFlush(message);
      if (!keepAlive) {
        written.addListener(ChannelFutureListener.CLOSE);
      }
    }
  }

  private static CharSequence hashed(String name) {
    AsciiString hashed = HASHED.get(name);
    return hashed == null ? name : hashed;
  }

  /** What the engine looks at. */
  private record Request(HttpRequest request, ChannelHandlerContext context)
      implements CorsRequest {

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
      Channel channel = context.channel();
      SslHandler tls = channel.pipeline().get(SslHandler.class);
      if (tls == null && channel.parent() != null) {
        tls = channel.parent().pipeline().get(SslHandler.class);
      }
      return tls != null && CorsRequest.hasClientCertificate(tls.engine().getSession());
    }
  }

  /** The fields of the response at hand; one object serves all responses of a channel. */
  private static final class Response implements CorsResponse {
    private HttpHeaders fields = EmptyHttpHeaders.INSTANCE;

    @Override
    public List<String> headers(String name) {
      return fields.getAll(hashed(name));
    }

    @Override
    public void setHeader(String name, String value) {
      fields.set(hashed(name), value);
    }

    @Override
    public void addHeader(String name, String value) {
      fields.add(hashed(name), value);
    }

    @Override
    public void removeHeader(String name) {
      fields.remove(hashed(name));
    }
  }
}
