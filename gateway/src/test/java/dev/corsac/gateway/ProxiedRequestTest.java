package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.config.CorsacConfig;
import dev.corsac.config.Timeouts;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an upstream is asked, and how long for. */
class ProxiedRequestTest {
  private final Rig rig = new Rig();

  @BeforeEach
  void echo() {
    rig.upstreamDoes(request -> request.endHandler(end -> request.response().end(head(request))));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  /** Request line and headers, in the order of their names. */
  private static String head(HttpServerRequest request) {
    var headers = new TreeMap<String, List<String>>();
    request
        .headers()
        .forEach(
            h ->
                headers
                    .computeIfAbsent(h.getKey().toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                    .add(h.getValue()));
    return request.method() + " " + request.uri() + " " + headers;
  }

  private static Timeouts timeouts(int connect, int request, int idle, int body) {
    return Timeouts.DEFAULT
        .withConnect(Duration.ofMillis(connect))
        .withRequest(Duration.ofMillis(request))
        .withIdle(Duration.ofMillis(idle))
        .withBody(Duration.ofMillis(body))
        .withDrain(Duration.ZERO);
  }

  private void waits(URI upstream, Timeouts timeouts) {
    CorsacConfig usual = Rig.config(upstream, Rig.policy().build());
    rig.gateway().reload(usual.toBuilder().timeouts(timeouts).build());
  }

  @ParameterizedTest
  @CsvSource({"DELETE, ''", "OPTIONS, ''", "PROPFIND, ''", "GET, ''", "POST, 0", "PUT, 0"})
  void headThatEndsItsStream_hasNoBody(String method, String length) throws IOException {
    try (Http2Client client = new Http2Client(rig.port())) {
      client.send(1, true, ":method", method, ":scheme", "http", ":authority", "a", ":path", "/x");
      String seen = client.response(1);
      assertThat(seen).startsWith("200 " + method + " /x").doesNotContain("transfer-encoding");
      assertThat(seen.contains("content-length=[0]")).isEqualTo(!length.isEmpty());
    }
  }

  @Test
  void bodyOfAStream_isPassed_withAndWithoutALength() throws IOException {
    rig.upstreamDoes(
        request -> request.body().onSuccess(body -> request.response().end(head(request) + body)));
    try (Http2Client client = new Http2Client(rig.port())) {
      client.send(
          1, false, ":method", "DELETE", ":scheme", "http", ":authority", "a", ":path", "/x");
      client.data(1, false, "");
      client.data(1, false, "he");
      client.data(1, true, "llo");
      assertThat(client.response(1)).contains("transfer-encoding=[chunked]").endsWith("hello");
      client.send(
          3,
          false,
          ":method",
          "POST",
          ":scheme",
          "http",
          ":authority",
          "a",
          ":path",
          "/x",
          "content-length",
          "5");
      client.data(3, true, "hello");
      assertThat(client.response(3)).contains("content-length=[5]").endsWith("hello");
    }
  }

  @Test
  void deleteWithoutBody_isSentAgain_overHttp2() throws IOException {
    int[] requests = {0};
    rig.upstreamDoes(
        request -> {
          if (++requests[0] == 2) {
            request.connection().close();
          } else {
            request.response().end("fine");
          }
        });
    try (Http2Client client = new Http2Client(rig.port())) {
      for (int stream : new int[] {1, 3}) {
        client.send(
            stream, true, ":method", "DELETE", ":scheme", "http", ":authority", "a", ":path", "/");
        assertThat(client.response(stream)).isEqualTo("200 fine");
      }
    }
    assertThat(requests[0]).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, http://other.example/x?y, other.example, /x?y",
    "GET, http://other.example:81, other.example:81, /",
    "GET, http://other.example?x, other.example, /?x",
    "GET, HTTPS://[::1]:8080/x, [::1]:8080, /x",
    "GET, /x, real.example, /x",
    "OPTIONS, http://other.example, other.example, *",
    "OPTIONS, *, real.example, *"
  })
  void absoluteTarget_decidesTheHost(String method, String target, String host, String uri) {
    assertThat(
            rig.raw(
                method + " " + target + " HTTP/1.1", "Host: real.example", "Connection: close", ""))
        .contains(method + " " + uri + " ")
        .contains("host=[" + host + "]")
        .contains("x-forwarded-host=[" + host + "]")
        .contains("host=\"" + host + "\";");
  }

  @Test
  void asterisk_isNotPutUnderAPrefix() {
    rig.gateway().reload(Rig.config(URI.create(rig.upstreamUrl() + "/v1"), Rig.policy().build()));
    assertThat(rig.raw("OPTIONS * HTTP/1.1", "Host: a", "Connection: close", ""))
        .contains("OPTIONS * ");
    assertThat(rig.raw("OPTIONS /x HTTP/1.1", "Host: a", "Connection: close", ""))
        .contains("OPTIONS /v1/x ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Proxy",
        "True-Client-IP",
        "X-Client-IP",
        "X-Forwarded",
        "X-Forwarded-Port",
        "X-Forwarded-Prefix",
        "X-Original-Host",
        "X-Original-URL",
        "X-Envoy-Original-Path",
        "X-Real-IP",
        "X-Rewrite-URL",
        "Connection",
        "TE",
        "Keep-Alive",
        "Upgrade"
      })
  void whatAnybodyCouldSay_isDropped_inAnySpelling(String name) {
    String seen =
        rig.get(
            "/",
            name + ": spoofed",
            name.toUpperCase(Locale.ROOT).replace('-', '_') + ": spoofed",
            name.toLowerCase(Locale.ROOT).replace('-', '.') + ": spoofed",
            "X-Kept: kept");
    assertThat(seen).contains("kept").doesNotContain("spoofed");
  }

  @Test
  void whatAnyLineOfConnectionNames_endsHere() {
    assertThat(
            rig.raw(
                "GET / HTTP/1.1",
                "Host: a",
                "Connection: close",
                "Connection: X-Hop, Host",
                "X-Hop: hop",
                "X-Kept: kept",
                ""))
        .contains("kept", "host=[a]")
        .doesNotContain("hop]");
  }

  @Test
  void framingOfAClient_isNotCopied() {
    assertThat(
            rig.raw(
                "POST / HTTP/1.1",
                "Host: a",
                "Connection: close",
                "Transfer_Encoding: gzip",
                "Content_Length: 77",
                "Content-Length: 05",
                "",
                "hello"))
        .contains("content-length=[5]")
        .doesNotContain("gzip")
        .doesNotContain("77");
  }

  @Test
  void http10_withoutHost_isServed() {
    assertThat(rig.raw("GET / HTTP/1.0", "")).contains("host=[127.0.0.1:");
  }

  /** No answer to SYN: the queue of connections that nobody accepts is full. */
  @Test
  void connectionThatIsWaitedFor_countsAsTime() throws IOException {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket first = new Socket(InetAddress.getLoopbackAddress(), full.getLocalPort());
        Socket second = new Socket(InetAddress.getLoopbackAddress(), full.getLocalPort())) {
      waits(
          URI.create("http://127.0.0.1:" + full.getLocalPort()), timeouts(60_000, 500, 9000, 9000));
      assertThat(rig.get("/"))
          .startsWith("HTTP/1.1 504")
          .contains("no connection to the upstream within 500 ms")
          .containsIgnoringCase("Access-Control-Allow-Origin: " + Rig.PAGE);
      assertThat(first.isConnected() && second.isConnected()).isTrue();
    }
  }

  @Test
  void bodyThatTrickles_isGivenUp() throws Exception {
    waits(URI.create(rig.upstreamUrl()), timeouts(5000, 9000, 9000, 500));
    for (String length : List.of("Content-Length: 1000000", "Transfer-Encoding: chunked")) {
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), rig.port())) {
        client.setSoTimeout(10_000);
        RawUpstream.send(
            client,
            "POST / HTTP/1.1\r\nHost: a\r\nOrigin: " + Rig.PAGE + "\r\n" + length + "\r\n\r\n");
        for (int i = 0; i < 4; i++) {
          RawUpstream.send(client, length.startsWith("T") ? "1\r\nx\r\n" : "x");
          Thread.sleep(50);
        }
        assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
            .startsWith("HTTP/1.1 408")
            .contains("timeouts.body")
            .containsIgnoringCase("Access-Control-Allow-Origin: " + Rig.PAGE);
      }
    }
    assertThat(rig.get("/")).startsWith("HTTP/1.1 200");
  }

  @Test
  void bodyThatNeverComes_reachesNoUpstream() throws Exception {
    waits(URI.create(rig.upstreamUrl()), timeouts(5000, 9000, 9000, 400));
    boolean[] reached = {false};
    rig.upstreamDoes(request -> reached[0] = true);
    assertThat(rig.raw("POST / HTTP/1.1", "Host: a", "Content-Length: 9", ""))
        .startsWith("HTTP/1.1 408");
    assertThat(reached[0]).isFalse();
  }

  @Test
  void upstreamThatStalls_isDropped_andSoIsItsResponse() {
    waits(URI.create(rig.upstreamUrl()), timeouts(5000, 9000, 500, 9000));
    rig.upstreamDoes(request -> request.response().putHeader("Content-Length", "9").write("half"));
    assertThat(rig.raw("GET / HTTP/1.1", "Host: a", "")).endsWith("half");
  }

  @Test
  void expectations_areMet_andARefusalClosesTheConnection() {
    assertThat(
            rig.raw(
                "POST / HTTP/1.1",
                "Host: a",
                "Expect: 100-continue",
                "Content-Length: 2",
                "Connection: close",
                "",
                "ok"))
        .startsWith("HTTP/1.1 100")
        .contains("HTTP/1.1 200")
        .doesNotContain("expect=");
    assertThat(
            rig.raw(
                "POST /x/../y HTTP/1.1",
                "Host: a",
                "Expect: 100-continue",
                "Content-Length: 999999999999",
                "",
                "GET / HTTP/1.1",
                "Host: a",
                ""))
        .startsWith("HTTP/1.1 413")
        .containsOnlyOnce("HTTP/1.1");
  }
}
