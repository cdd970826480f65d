package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamingTest {
  private static final int CHUNK = 64 * 1024;
  private static final int CHUNKS = 3000;

  private final Rig rig = new Rig();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void largeDownload_passesWithoutBeingHeld() throws Exception {
    AtomicLong written = new AtomicLong();
    rig.upstreamDoes(
        request -> {
          HttpServerResponse response = request.response().setChunked(true);
          write(response, Buffer.buffer(new byte[CHUNK]), written);
        });
    HttpResponse<InputStream> answer =
        client.send(
            HttpRequest.newBuilder(rig.uri("/")).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    Thread.sleep(700);
    // The client has read nothing yet: what is under way is in socket buffers.
    assertThat(written.get()).isLessThan(40_000_000);
    long read = 0;
    byte[] buffer = new byte[CHUNK];
    for (int n = answer.body().read(buffer); n >= 0; n = answer.body().read(buffer)) {
      read += n;
    }
    assertThat(read).isEqualTo((long) CHUNK * CHUNKS);
  }

  private static void write(HttpServerResponse response, Buffer chunk, AtomicLong written) {
    while (!response.writeQueueFull()) {
      if (written.get() >= (long) CHUNK * CHUNKS) {
        response.end();
        return;
      }
      written.addAndGet(CHUNK);
      response.write(chunk);
    }
    response.drainHandler(v -> write(response, chunk, written));
  }

  @Test
  void largeUpload_passesChunkedAndCounted() throws Exception {
    rig.gateway()
        .reload(
            Rig.config(
                URI.create(rig.upstreamUrl()),
                Rig.policy().build(),
                Long.MAX_VALUE,
                Duration.ofSeconds(5)));
    rig.upstreamDoes(
        request -> {
          AtomicLong received = new AtomicLong();
          request.handler(chunk -> received.addAndGet(chunk.length()));
          request.endHandler(end -> request.response().end(received.toString()));
        });
    byte[] chunk = new byte[CHUNK];
    Iterable<byte[]> body =
        () ->
            new Iterator<>() {
              private int left = CHUNKS;

              @Override
              public boolean hasNext() {
                return left > 0;
              }

              @Override
              public byte[] next() {
                left--;
                return chunk;
              }
            };
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(rig.uri("/"))
                .POST(HttpRequest.BodyPublishers.ofByteArrays(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.body()).isEqualTo(Long.toString((long) CHUNK * CHUNKS));
  }

  @Test
  void bodyAboveTheLimit_413_declaredOrStreamed() throws Exception {
    rig.gateway()
        .reload(
            Rig.config(
                URI.create(rig.upstreamUrl()),
                Rig.policy().build(),
                100_000,
                Duration.ofSeconds(5)));
    rig.upstreamDoes(
        request -> request.endHandler(end -> request.response().end("reached")).resume());
    byte[] large = new byte[5_000_000];
    for (HttpRequest.BodyPublisher body :
        Arrays.asList(
            HttpRequest.BodyPublishers.ofByteArray(large),
            HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(rig.uri("/")).header("Origin", Rig.PAGE).POST(body).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.body()).contains("max_body");
      assertThat(answer.headers().firstValue("access-control-allow-origin")).contains(Rig.PAGE);
    }
  }

  @Test
  void expect100_isAnswered() {
    rig.upstreamDoes(request -> request.body().onSuccess(body -> request.response().end(body)));
    assertThat(
            rig.raw(
                "POST / HTTP/1.1",
                "Host: a",
                "Expect: 100-continue",
                "Content-Length: 4",
                "Connection: close",
                "",
                "body"))
        .startsWith("HTTP/1.1 100")
        .contains("HTTP/1.1 200")
        .contains("body");
  }

  @Test
  void brokenDownload_doesNotLookWhole() {
    rig.upstreamDoes(
        request -> {
          request.response().putHeader("Content-Length", "100").write("half");
          Vertx.currentContext().owner().setTimer(100, id -> request.connection().close());
        });
    String answer = rig.raw("GET / HTTP/1.1", "Host: a", "");
    assertThat(answer).contains("200 OK").endsWith("half");

    rig.upstreamDoes(
        request -> {
          request.response().setChunked(true).write("half");
          Vertx.currentContext().owner().setTimer(100, id -> request.connection().close());
        });
    assertThat(rig.raw("GET / HTTP/1.1", "Host: a", ""))
        .contains("half")
        .doesNotContain("\r\n0\r\n");
  }

  /** A page's EventSource is open, and its fetch fulfilled, once the head has come. */
  @Test
  void headWithoutABodyYet_passesAtOnce() throws Exception {
    BlockingQueue<HttpServerResponse> begun = new LinkedBlockingQueue<>();
    rig.upstreamDoes(
        request -> {
          HttpServerResponse response = request.response().setChunked(true);
          response.writeHead();
          begun.add(response);
        });
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), rig.port());
        RawHttp2 client2 = new RawHttp2(rig.port()).settings()) {
      client.setSoTimeout(20_000);
      RawUpstream.send(client, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(new String(client.getInputStream().readNBytes(15), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200 OK");
      assertThat(client2.get(1, "/").gets(RawHttp2.HEADERS, 1)).isTrue();
      for (int i = 0; i < 2; i++) {
        begun.remove().end("event");
      }
      assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .endsWith("5\r\nevent\r\n0\r\n\r\n");
      assertThat(client2.gets(RawHttp2.DATA, 1)).isTrue();
    }
  }

  @Test
  void webSocket_passesBothWays() throws Exception {
    rig.upstreamDoes(
        request ->
            request
                .toWebSocket()
                .onSuccess(
                    socket -> {
                      socket.textMessageHandler(text -> socket.writeTextMessage("echo " + text));
                      socket.writeTextMessage("hello");
                    }));
    StringBuilder seen = new StringBuilder();
    CompletableFuture<Integer> closed = new CompletableFuture<>();
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .header("Origin", Rig.PAGE)
            .buildAsync(
                URI.create("ws://127.0.0.1:" + rig.port() + "/socket"),
                new WebSocket.Listener() {
                  @Override
                  public CompletionStage<?> onText(
                      WebSocket from, CharSequence text, boolean last) {
                    seen.append(text).append(last ? "|" : "");
                    from.request(1);
                    return CompletableFuture.completedFuture(null);
                  }

                  @Override
                  public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
                    closed.complete(status);
                    return CompletableFuture.completedFuture(null);
                  }
                })
            .get(5, TimeUnit.SECONDS);
    socket.sendText("x".repeat(200_000), true).get(5, TimeUnit.SECONDS);
    socket.sendText("end", true).get(5, TimeUnit.SECONDS);
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "done").get(5, TimeUnit.SECONDS);
    assertThat(closed.get(5, TimeUnit.SECONDS)).isEqualTo(WebSocket.NORMAL_CLOSURE);
    assertThat(seen.toString()).isEqualTo("hello|echo " + "x".repeat(200_000) + "|echo end|");
  }

  @Test
  void webSocketThatTheUpstreamRefuses_isAnsweredSo() {
    rig.upstreamDoes(request -> request.response().setStatusCode(401).end("no"));
    for (int i = 0; i < 3; i++) {
      assertThat(
              rig.raw(
                  "GET /socket HTTP/1.1",
                  "Host: a",
                  "Origin: https://page.example",
                  "Connection: keep-alive, Upgrade",
                  "Upgrade: websocket",
                  "Sec-WebSocket-Version: 13",
                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                  "Connection: close",
                  ""))
          .startsWith("HTTP/1.1 401")
          .endsWith("no");
    }
  }
}
