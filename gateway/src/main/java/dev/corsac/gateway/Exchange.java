package dev.corsac.gateway;

import dev.corsac.CorsRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to an upstream and back. Bodies are streamed in both directions, each side
 * no faster than the other takes it.
 *
 * <p>Everything happens on the request's event loop.
 */
final class Exchange {
  /** Methods that may be sent twice (RFC 9110 section 9.2.2). */
  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

  private final Vertx vertx;
  private final HttpClient client;
  private final Site site;
  private final Upstream upstream;
  private final Target target;
  private final HttpServerRequest request;
  private final CorsRequest corsRequest;
  private final Reply reply;
  private final EventLog log;
  private final boolean upgrade;

  private @Nullable HttpClientRequest sent;
  private long timer = -1;
  private long received;
  private boolean bodySent;
  private boolean gone;
  private boolean answered;
  private boolean retried;

  Exchange(
      Vertx vertx,
      HttpClient client,
      Site site,
      Upstream upstream,
      Target target,
      HttpServerRequest request,
      CorsRequest corsRequest,
      Reply reply,
      EventLog log) {
    this.vertx = vertx;
    this.client = client;
    this.site = site;
    this.upstream = upstream;
    this.target = target;
    this.request = request;
    this.corsRequest = corsRequest;
    this.reply = reply;
    this.log = log;
    this.upgrade = request.canUpgradeToWebSocket();
  }

  void start() {
    request.pause();
    request.exceptionHandler(e -> clientGone());
    request.response().exceptionHandler(e -> clientGone());
    request.response().closeHandler(v -> clientGone());
    connect();
  }

  private void connect() {
    client
        .request(
            new RequestOptions()
                .setHost(upstream.host())
                .setPort(upstream.port())
                .setSsl(upstream.tls())
                .setMethod(request.method())
                .setURI(upstream.prefix().before(target))
                .setConnectTimeout(site.timeouts().connect().toMillis()))
        .onComplete(this::send, this::notConnected);
  }

  private void send(HttpClientRequest up) {
    if (gone) {
      up.reset();
      return;
    }
    sent = up;
    try {
      Forwarding.request(request.headers(), up.headers(), client(), upstream);
    } catch (IllegalArgumentException e) {
      up.reset();
      answer(400, "a header of the request cannot be passed on.");
      return;
    }
    // Whatever befalls the upstream's connection fails the response too.
    up.exceptionHandler(e -> {});
    up.earlyHintsHandler(this::passEarlyHints);
    up.response().onComplete(this::receive, this::failed);
    if (upgrade) {
      up.putHeader(HttpHeaders.CONNECTION, "Upgrade").putHeader(HttpHeaders.UPGRADE, "websocket");
      bodySent = true;
      startTimer();
      up.connect();
    } else if (hasBody()) {
      sendBody(up);
    } else {
      bodySent = true;
      request.resume();
      startTimer();
      up.end();
    }
  }

  private Forwarding.Client client() {
    String host =
        request.version() == HttpVersion.HTTP_2
            ? String.valueOf(request.authority())
            : request.headers().get(HttpHeaders.HOST);
    return new Forwarding.Client(
        request.remoteAddress().hostAddress(),
        request.scheme(),
        host == null ? upstream.authority() : host);
  }

  private boolean hasBody() {
    String length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
    if (length != null) {
      return !length.equals("0");
    }
    if (request.version() != HttpVersion.HTTP_2) {
      return request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }
    // An HTTP/2 body need not announce itself; one that GET or HEAD might have means nothing.
    return !request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD);
  }

  private void sendBody(HttpClientRequest up) {
    String length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
    if (length == null) {
      up.setChunked(true);
    } else {
      up.putHeader(HttpHeaders.CONTENT_LENGTH, length);
    }
    if (Reply.expectsContinue(request)) {
      request.response().writeContinue();
    }
    request.handler(chunk -> sendChunk(up, chunk));
    request.endHandler(
        end -> {
          bodySent = true;
          startTimer();
          up.end();
        });
    request.resume();
  }

  private void sendChunk(HttpClientRequest up, Buffer chunk) {
    received += chunk.length();
    if (received > site.maxBody()) {
      tooLarge();
      return;
    }
    up.write(chunk);
    if (up.writeQueueFull()) {
      request.pause();
      up.drainHandler(v -> request.resume());
    }
  }

  private void tooLarge() {
    HttpClientRequest up = sent;
    if (answered) {
      abandon();
      return;
    }
    answer(413, GatewayHandler.tooLarge(site.maxBody()));
    if (up != null) {
      up.reset();
    }
  }

  private void passEarlyHints(MultiMap hints) {
    if (!answered && !gone && request.version() != HttpVersion.HTTP_1_0) {
      request.response().writeEarlyHints(hints);
    }
  }

  private void receive(HttpClientResponse from) {
    vertx.cancelTimer(timer);
    if (gone || answered) {
      return;
    }
    int status = from.statusCode();
    if (status == 101 && !upgrade) {
      from.request().reset();
      fail(502, "upstream switched to a protocol that nobody asked for.");
      return;
    }
    from.pause();
    HttpServerResponse to = request.response().setStatusCode(status);
    if (request.version() != HttpVersion.HTTP_2) {
      to.setStatusMessage(from.statusMessage());
    }
    try {
      Forwarding.response(from.headers(), to.headers());
    } catch (IllegalArgumentException e) {
      from.request().reset();
      fail(502, "upstream sent a header that cannot be passed on.");
      return;
    }
    answered = true;
    if (status == 101) {
      tunnel(from, to);
      return;
    }
    reply.applyDecision();
    if (hasNoBody(status)) {
      from.resume();
      from.end().onComplete(end -> finish(from, to));
      return;
    }
    frame(from, to);
    // A stalled upstream is given up; a stalled client is found by its own connection.
    from.request().idleTimeout(site.timeouts().idle().toMillis());
    from.pipe()
        .endOnComplete(false)
        .to(to)
        .onComplete(done -> finish(from, to), broken -> abandon());
  }

  private boolean hasNoBody(int status) {
    return request.method().equals(HttpMethod.HEAD) || status == 204 || status == 304;
  }

  private void frame(HttpClientResponse from, HttpServerResponse to) {
    if (from.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
      return;
    }
    if (request.version() == HttpVersion.HTTP_1_0) {
      // Knows no chunks: the end of the connection is the end of the body.
      to.headersEndHandler(v -> to.headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
    } else {
      to.setChunked(true);
    }
  }

  private void finish(HttpClientResponse from, HttpServerResponse to) {
    if (to.isChunked() && !from.trailers().isEmpty()) {
      Forwarding.response(from.trailers(), to.trailers());
    }
    if (!bodySent) {
      // The upstream has said all without hearing all.
      from.request().reset();
      reply.drain();
    } else if (upgrade) {
      // It was to become a tunnel; the client keeps it open for nothing else.
      from.request().connection().close();
    }
    boolean endsByClosing =
        request.version() == HttpVersion.HTTP_1_0
            && !from.headers().contains(HttpHeaders.CONTENT_LENGTH);
    if (to.ended()) {
      return;
    }
    to.end()
        .onComplete(
            end -> {
              if (endsByClosing) {
                request.connection().close();
              }
            });
  }

  private void tunnel(HttpClientResponse from, HttpServerResponse to) {
    to.putHeader(HttpHeaders.CONNECTION, "Upgrade").putHeader(HttpHeaders.UPGRADE, "websocket");
    reply.applyDecision();
    NetSocket far = from.netSocket().pause();
    request.resume();
    request
        .toNetSocket()
        .onComplete(
            near -> {
              near.pipeTo(far).onComplete(end -> far.close());
              far.pipeTo(near).onComplete(end -> near.close());
            },
            e -> {
              far.close();
              abandon();
            });
  }

  private void startTimer() {
    Duration patience = site.timeouts().request();
    timer =
        vertx.setTimer(
            Math.max(1, patience.toMillis()),
            id -> {
              HttpClientRequest up = sent;
              if (!answered && !gone) {
                fail(504, "upstream did not answer within " + Reply.seconds(patience) + ".");
              }
              if (up != null) {
                up.reset();
              }
            });
  }

  private void notConnected(Throwable e) {
    if (gone || answered) {
      return;
    }
    // Netty's own exception extends ConnectException, and there is no better name for it here.
    boolean timeout =
        e instanceof TimeoutException || e.getClass().getSimpleName().contains("ConnectTimeout");
    if (timeout || String.valueOf(e.getMessage()).contains("timed out")) {
      fail(
          504,
          "no connection to the upstream within " + Reply.seconds(site.timeouts().connect()) + ".");
    } else if (e instanceof ConnectException) {
      fail(502, "the upstream refuses connections; is it running?");
    } else if (e instanceof SSLException) {
      fail(502, "no connection to the upstream: its certificate or its TLS is not accepted.");
    } else {
      fail(502, "no connection to the upstream: " + cause(e) + ".");
    }
  }

  private void failed(Throwable e) {
    vertx.cancelTimer(timer);
    if (gone || answered) {
      return;
    }
    if (e instanceof HttpClosedException) {
      // The usual reason: the upstream closed an idle connection just as it was taken again.
      boolean mayRepeat =
          !retried && !upgrade && !hasBody() && IDEMPOTENT.contains(request.method().name());
      if (mayRepeat) {
        retried = true;
        connect();
        return;
      }
      fail(502, "upstream closed the connection without an answer.");
    } else {
      fail(502, "upstream's answer cannot be understood: " + cause(e) + ".");
    }
  }

  /** The kind of failure only: messages may hold addresses and parts of what was sent. */
  private static String cause(Throwable e) {
    return e.getClass().getSimpleName();
  }

  private void fail(int status, String message) {
    log.failed(corsRequest, status, upstream + ": " + message);
    answer(status, message);
  }

  private void answer(int status, String message) {
    answered = true;
    vertx.cancelTimer(timer);
    reply.text(status, message);
  }

  private void clientGone() {
    if (!gone) {
      gone = true;
      vertx.cancelTimer(timer);
      HttpClientRequest up = sent;
      if (up != null) {
        up.reset();
      }
    }
  }

  /** Too late for an answer: a response that ends early must not look whole. */
  private void abandon() {
    HttpClientRequest up = sent;
    if (up != null) {
      up.reset();
    }
    request.response().reset();
  }
}
