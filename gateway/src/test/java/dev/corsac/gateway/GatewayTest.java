package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsac.Enforcement;
import dev.corsac.config.CorsacConfig;
import dev.corsac.config.HostPort;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayTest {
  private static final String ALLOWED = "Access-Control-Allow-Origin: https://page.example\r\n";

  private static final List<String> GET =
      List.of(
          "GET / HTTP/1.1", "Host: a", "Origin: https://page.example", "Connection: close", "", "");

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void preflight_isAnsweredHere() {
    AtomicInteger reached = new AtomicInteger();
    rig.upstreamDoes(
        request -> {
          reached.incrementAndGet();
          request.response().end();
        });
    String answer =
        rig.raw(
            "OPTIONS /x HTTP/1.1",
            "Host: a",
            "Origin: https://page.example",
            "Access-Control-Request-Method: PUT",
            "Connection: close",
            "");
    assertThat(answer)
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase(ALLOWED)
        .containsIgnoringCase("Access-Control-Allow-Methods: ")
        .containsIgnoringCase("Vary: Origin");
    assertThat(reached).hasValue(0);
  }

  @Test
  void otherOptions_reachTheUpstream() {
    rig.upstreamDoes(request -> request.response().putHeader("Allow", "GET").end());
    assertThat(rig.raw("OPTIONS /x HTTP/1.1", "Host: a", "Connection: close", ""))
        .containsIgnoringCase("Allow: GET");
    assertThat(rig.raw("OPTIONS * HTTP/1.1", "Host: a", "Connection: close", ""))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void corsHeadersOfTheUpstream_areReplaced_andVaryIsMerged() {
    rig.upstreamDoes(
        request ->
            request
                .response()
                .putHeader(
                    "Access-Control-Allow-Origin",
                    (Iterable<String>) List.of("*", "https://other.example"))
                .putHeader("Access-Control-Allow-Private-Network", "true")
                .putHeader("Vary", "Accept-Encoding")
                .end("body"));
    String answer = rig.get("/");
    assertThat(answer)
        .containsIgnoringCase(ALLOWED)
        .containsOnlyOnce("https://page.example")
        .doesNotContain("other.example")
        .doesNotContainIgnoringCase("private-network")
        .containsIgnoringCase("vary: Accept-Encoding")
        .containsIgnoringCase("vary: Origin");
    assertThat(answer.toLowerCase(Locale.ROOT)).containsOnlyOnce("access-control-allow-origin");
  }

  @Test
  void ownErrors_carryTheHeadersToo() {
    rig.upstreamDoes(request -> request.connection().close());
    assertThat(rig.get("/closes"))
        .startsWith("HTTP/1.1 502")
        .containsIgnoringCase(ALLOWED)
        .contains("Corsac gateway: upstream closed the connection without a response.");

    rig.upstreamDoes(request -> {});
    rig.reload(Rig.timeouts(Duration.ofMillis(800)), Rig.limits(1000, 1000));
    assertThat(rig.get("/silent"))
        .startsWith("HTTP/1.1 504")
        .containsIgnoringCase(ALLOWED)
        .contains("upstream did not respond within 800 ms.");

    rig.stopUpstream();
    assertThat(rig.get("/"))
        .startsWith("HTTP/1.1 502")
        .containsIgnoringCase(ALLOWED)
        .contains("refuses connections");
  }

  @Test
  void withoutUpstream_404() {
    CorsacConfig config =
        CorsacConfig.builder()
            .listen(new HostPort("127.0.0.1", 0))
            .cors(Rig.policy().build())
            .build();
    try (Gateway gateway = Rig.start(config)) {
      assertThat(Rig.raw(gateway.port(), String.join("\r\n", GET)))
          .startsWith("HTTP/1.1 404")
          .containsIgnoringCase(ALLOWED)
          .contains("no upstream for this path");
    }
  }

  @Test
  void responsesWithoutBody_keepTheirLength() {
    rig.upstreamDoes(
        request -> {
          switch (request.path()) {
            case "/204" -> request.response().setStatusCode(204).end();
            case "/304" -> request.response().setStatusCode(304).putHeader("ETag", "\"1\"").end();
            default -> request.response().putHeader("Content-Length", "1234").end();
          }
        });
    String head =
        rig.raw(
            "HEAD /x HTTP/1.1", "Host: a", "Origin: https://page.example", "Connection: close", "");
    assertThat(head)
        .containsIgnoringCase("Content-Length: 1234")
        .containsIgnoringCase(ALLOWED)
        .endsWith("\r\n\r\n");
    assertThat(rig.get("/204"))
        .startsWith("HTTP/1.1 204")
        .containsIgnoringCase(ALLOWED)
        .doesNotContainIgnoringCase("content-length")
        .doesNotContainIgnoringCase("transfer-encoding");
    assertThat(rig.get("/304")).startsWith("HTTP/1.1 304").containsIgnoringCase("etag: \"1\"");
  }

  @Test
  void upstreamSeesWhoAsks_andNothingOfOneConnection() {
    List<String> seen = new CopyOnWriteArrayList<>();
    rig.upstreamDoes(
        request -> {
          request
              .headers()
              .forEach(h -> seen.add(h.getKey().toLowerCase(Locale.ROOT) + ": " + h.getValue()));
          request.response().putHeader("Keep-Alive", "timeout=5").end();
        });
    String answer =
        rig.raw(
            "GET /x HTTP/1.1",
            "Host: api.example",
            "X-Forwarded-For: 6.6.6.6",
            "X_Forwarded_Proto: https",
            "Forwarded: for=6.6.6.6",
            "X-Original-URL: /admin",
            "Connection: keep-alive, X-Secret",
            "X-Secret: 1",
            "TE: trailers",
            "Upgrade: h3",
            "X-Kept: a",
            "X-Kept: b",
            "",
            "GET /x HTTP/1.1",
            "Host: api.example",
            "Connection: close",
            "");
    assertThat(seen)
        .contains(
            "host: api.example",
            "x-forwarded-for: 127.0.0.1",
            "x-forwarded-proto: http",
            "x-forwarded-host: api.example",
            "forwarded: for=127.0.0.1;host=\"api.example\";proto=http",
            "x-kept: a",
            "x-kept: b")
        .noneMatch(
            line ->
                line.contains("6.6.6.6")
                    || line.startsWith("x_")
                    || line.startsWith("x-secret")
                    || line.startsWith("x-original")
                    || line.startsWith("te:")
                    || line.startsWith("upgrade"));
    assertThat(answer).doesNotContainIgnoringCase("keep-alive: timeout");
  }

  @Test
  void enforcedOrigin_neverReachesTheUpstream() {
    AtomicInteger reached = new AtomicInteger();
    rig.upstreamDoes(
        request -> {
          reached.incrementAndGet();
          request.response().end();
        });
    rig.gateway()
        .reload(
            Rig.config(
                URI.create(rig.upstreamUrl()), Rig.policy().enforce(Enforcement.UNSAFE).build()));
    assertThat(
            rig.raw(
                "POST / HTTP/1.1",
                "Host: a",
                "Origin: https://evil.example",
                "Content-Length: 2",
                "Connection: close",
                "",
                "{}"))
        .startsWith("HTTP/1.1 403");
    assertThat(reached).hasValue(0);
  }

  @Test
  void pipelinedAnswers_keepTheirOrder() {
    rig.upstreamDoes(request -> request.response().end("upstream"));
    String answers =
        rig.raw(
            "GET /slow HTTP/1.1",
            "Host: a",
            "",
            "OPTIONS /x HTTP/1.1",
            "Host: a",
            "Origin: https://page.example",
            "Access-Control-Request-Method: GET",
            "Connection: close",
            "");
    assertThat(answers.indexOf("upstream"))
        .isPositive()
        .isLessThan(answers.indexOf("Access-Control-Allow-Methods"));
  }

  @Test
  void staleConnection_isReplacedUnseen() {
    AtomicInteger requests = new AtomicInteger();
    rig.upstreamDoes(
        request -> {
          if (requests.incrementAndGet() == 2) {
            request.connection().close();
          } else {
            request.response().end("fine");
          }
        });
    assertThat(rig.get("/1")).endsWith("fine");
    assertThat(rig.get("/2")).endsWith("fine");
    assertThat(requests).hasValue(3);
  }

  @Test
  void headsOf40Kilobytes_pass() {
    rig.upstreamDoes(
        request -> request.response().putHeader("X-Long", request.getHeader("X-Long")).end("ok"));
    String value = "x".repeat(40_000);
    assertThat(rig.get("/", "X-Long: " + value)).startsWith("HTTP/1.1 200").contains(value);
  }

  @Test
  void http10_isServed() {
    rig.upstreamDoes(request -> request.response().setChunked(true).end("chunked"));
    assertThat(rig.raw("GET / HTTP/1.0", "Host: a", ""))
        .doesNotContainIgnoringCase("transfer-encoding")
        .endsWith("\r\n\r\nchunked");
    assertThat(rig.raw("GET / HTTP/1.0", "Host: a", "Connection: keep-alive", ""))
        .endsWith("\r\n\r\nchunked");
  }

  @Test
  void trailers_pass() {
    rig.upstreamDoes(
        request -> {
          request.response().setChunked(true).putTrailer("X-Sum", "42");
          request.response().end("body");
        });
    assertThat(rig.get("/")).containsIgnoringCase("X-Sum: 42");
  }

  @Test
  void http2_isServed() throws Exception {
    rig.upstreamDoes(
        request ->
            request
                .body()
                .onSuccess(
                    body ->
                        request
                            .response()
                            .end(request.method() + " " + body + " " + request.getHeader("Host"))));
    String host = "127.0.0.1:" + rig.port();
    try (Http2Client client = new Http2Client(rig.port())) {
      client.send(
          1, false, ":method", "POST", ":scheme", "http", ":authority", host, ":path", "/x");
      client.data(1, true, "body");
      assertThat(client.response(1)).isEqualTo("200 POST body " + host);
    }
  }

  @Test
  void takenPort_isNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CorsacConfig free = Rig.config(URI.create("http://127.0.0.1:1"), Rig.policy().build());
      CorsacConfig config =
          free.toBuilder().listen(new HostPort("127.0.0.1", taken.getLocalPort())).build();
      assertThatThrownBy(() -> Gateway.start(config))
          .isInstanceOf(PortTakenException.class)
          .hasMessageContaining("port " + taken.getLocalPort() + " on 127.0.0.1 is taken");
    }
  }

  @Test
  void admin_tellsHealth() {
    int port = rig.gateway().adminPort().orElseThrow();
    for (String path : List.of("/health/live", "/health/ready")) {
      assertThat(Rig.raw(port, "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200")
          .contains("{\"status\":\"up\"}");
    }
    assertThat(Rig.raw(port, "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 404");
  }

  @Test
  void close_letsRequestsUnderWayEnd() throws Exception {
    rig.gateway()
        .reload(
            Rig.config(
                URI.create(rig.upstreamUrl()), Rig.policy().build(), 1000, Duration.ofSeconds(5)));
    CountDownLatch arrived = new CountDownLatch(1);
    rig.upstreamDoes(
        request -> {
          arrived.countDown();
          Vertx.currentContext().owner().setTimer(500, id -> request.response().end("in time"));
        });
    var answer = CompletableFuture.supplyAsync(() -> rig.raw("GET / HTTP/1.1", "Host: a", ""));
    arrived.await();
    rig.gateway().close();
    assertThat(answer.get()).startsWith("HTTP/1.1 200").endsWith("in time");
  }
}
