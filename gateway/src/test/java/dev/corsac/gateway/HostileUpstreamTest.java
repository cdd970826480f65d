package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever an upstream sends to one client, the next gets its own response. */
class HostileUpstreamTest {
  private static final String POISON =
      "HTTP/1.1 200 OK\r\nX-For: stranger\r\nContent-Length: 6\r\n\r\npoison";
  private static final String HINTS =
      lines(
          """
          HTTP/1.1 103 Early Hints
          Link: </a.css>; rel=preload
          Access-Control-Allow-Origin: *
          Connection: X-Hop
          X-Hop: secret

          """);

  private volatile RawUpstream.Script script = HostileUpstreamTest::own;
  private final RawUpstream upstream =
      new RawUpstream((head, connection) -> script.respond(head, connection));
  private final Gateway gateway =
      Rig.start(
          Rig.config(upstream.uri(), Rig.policy().build(), 10_000_000, Duration.ofSeconds(5)));

  private void start(RawUpstream.Script sent) {
    script = sent;
  }

  private static String lines(String text) {
    return text.replace("\n", "\r\n");
  }

  @AfterEach
  void close() {
    gateway.close();
    upstream.close();
  }

  private String get(String path, String... headers) {
    return send("GET " + path + " HTTP/1.1\r\nHost: a\r\nOrigin: " + Rig.PAGE, headers);
  }

  private String send(String head, String... headers) {
    String more = headers.length == 0 ? "" : "\r\n" + String.join("\r\n", headers);
    return Rig.raw(gateway.port(), head + more + "\r\nConnection: close\r\n\r\n");
  }

  private static void own(String head, Socket connection) throws IOException {
    String path = head.split(" ", 3)[1];
    RawUpstream.send(
        connection, "HTTP/1.1 200 OK\r\nContent-Length: " + path.length() + "\r\n\r\n" + path);
  }

  /** The response's bytes, with ~ for a line end and ^ for a control character. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          200 | HTTP/1.1 100 Continue~~HTTP/1.1 200 OK~Content-Length: 2~~ok
          200 | HTTP/1.1 102 Processing~~HTTP/1.1 200 OK~Content-Length: 2~~ok
          200 | HTTP/1.1 104 Upload~~HTTP/1.1 199 X~~HTTP/1.1 200 OK~Content-Length: 2~~ok
          200 | HTTP/1.1 200 OK~Content-Length: 2~~okPOISON
          200 | HTTP/1.1 200 OK~Content-Length: 2~~okHTTP/1.1 200 OK~X: y
          200 | HTTP/1.1 200 OK~Content-Length: 2~~okHTTP/1.1 102 Processing~~
          200 | HTTP/1.1 200 OK~Transfer-Encoding: chunked~~2~ok~0~~POISON
          204 | HTTP/1.1 204 No Content~Content-Length: 6~~POISON
          304 | HTTP/1.1 304 Not Modified~Content-Length: 6~~POISON
          205 | HTTP/1.1 205 Reset Content~Content-Length: 6~~stranger
          205 | HTTP/1.1 205 Reset Content~Transfer-Encoding: chunked~~8~stranger~0~~
          502 | HTTP/1.1 200 OK~Content-Length: 2~Content-Length: 5~~ok
          502 | HTTP/1.1 200 OK~Content-Length: 2~Transfer-Encoding: chunked~~0~~
          502 | HTTP/1.1 200 OK~Transfer-Encoding: gzip, chunked~~0~~
          502 | HTTP/1.0 200 OK~Transfer-Encoding: chunked~~0~~
          502 | HTTP/1.1 101 Switching Protocols~Upgrade: x~Connection: Upgrade~~POISON
          502 | HTTP/1.1 101 Switching Protocols~Upgrade: websocket~Connection: Upgrade~~POISON
          502 | HTTP/1.1 099 X~Content-Length: 2~~ok
          502 | HTTP/1.1 999 X~Content-Length: 2~~ok
          502 | HTTP/1.1 200 O^K~Content-Length: 2~~ok
          502 | HTTP/1.1 200 OK~: b~Content-Length: 2~~ok
          502 | HTTP/1.1 200 OK~X-A: a^b~Content-Length: 2~~ok
          502 | HTTP/2.0 200 OK~Content-Length: 2~~ok
          502 | HTTP/1.1 200 OK~X-A: b~Transfer-Encoding: chunked~~2~ok~zz~bad~0~~
          502 | HTTP/1.1 200 Fine~X-A: b~Transfer-Encoding: chunked~~2~okXX0~~
          502 | SSH-2.0-OpenSSH_9~
          502 | ~~HTTP/1.1 200 OK~Content-Length: 2~~ok
          """)
  void nobodyGetsAnothersResponse(int status, String response) throws Exception {
    String bytes = response.replace("~", "\r\n").replace('^', '\u0001').replace("POISON", POISON);
    start(
        (head, connection) -> {
          if (head.startsWith("GET /hostile")) {
            RawUpstream.send(connection, bytes);
          } else {
            own(head, connection);
          }
        });
    assertThat(get("/before")).endsWith("/before");
    for (int round = 0; round < 3; round++) {
      assertThat(get("/hostile"))
          .startsWith("HTTP/1.1 " + status)
          .containsIgnoringCase("Access-Control-Allow-Origin: " + Rig.PAGE)
          .doesNotContain("poison", "stranger");
      for (String path : List.of("/one", "/two")) {
        assertThat(get(path)).startsWith("HTTP/1.1 200").endsWith(path);
      }
    }
  }

  /** What an operator reads of a response, with ~ for a line end and ^ for a control character. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          its status line is malformed.         | HTTP/1.1 OK~~
          its status line is malformed.         | HTTP/x 200 OK~~
          its version is not HTTP/1.0 or 1.1.   | HTTP/2.0 200 OK~~
          its status is not between 100 and 599 | HTTP/1.1 99 X~~
          its status is not three digits.       | HTTP/1.1 +200 OK~~
          its reason phrase has a control       | HTTP/1.1 200 O^K~~
          its status line is too long.          | HTTP/1.1 200 LONG~~
          name is not a token.                  | HTTP/1.1 200 OK~a(b: c~~
          name is not a token.                  | HTTP/1.1 200 OK~: c~~
          value has a control character.        | HTTP/1.1 200 OK~a: b^~~
          its header fields are too large, or too many. | HTTP/1.1 200 OK~a: LONG~~
          Content-Length is not one number.     | HTTP/1.1 200 OK~Content-Length: x~~
          Content-Length is not one number.     | HTTP/1.1 200 OK~Content-Length: -1~~
          it has two lengths.                   | HTTP/1.1 200 OK~Content-Length: 1~Content-Length: 2~~
          Transfer-Encoding is not "chunked".   | HTTP/1.1 200 OK~Transfer-Encoding: gzip~~
          it ends within its header fields.     | HTTP/1.1 200 OK~a: b~
          it does not begin with HTTP.          | 220 smtp.example~
          it ends before it is whole.           | HTT
          its body is malformed.                | HTTP/1.1 200 OK~Transfer-Encoding: chunked~~2~ok~zz~
          a trailer's name is not a token.      | HTTP/1.1 200 OK~Transfer-Encoding: chunked~~0~a b: c~~
          """)
  void whatIsWrongWithAResponse_isSaidInPlainWords(String words, String response) throws Exception {
    String bytes =
        response.replace("~", "\r\n").replace('^', '\u0001').replace("LONG", "x".repeat(70_000));
    start(
        (head, connection) -> {
          RawUpstream.send(connection, bytes);
          connection.shutdownOutput();
        });
    assertThat(get("/"))
        .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
        .contains("Corsac gateway: upstream", words)
        .doesNotContain("Exception", "..");
  }

  /** A client that gets the second response to somebody's request is the first and the last. */
  @Test
  void upstreamThatRespondsTwice_getsNoConnectionTwice() throws Exception {
    start(
        (head, connection) -> {
          own(head, connection);
          if (head.contains("/twice")) {
            Thread.sleep(20);
            RawUpstream.send(connection, POISON);
          }
        });
    assertThat(get("/before")).endsWith("/before");
    assertThat(get("/twice")).endsWith("/twice");
    Thread.sleep(200);
    int connections = upstream.connections();
    for (int i = 0; i < 20; i++) {
      assertThat(get("/twice")).endsWith("/twice");
    }
    // Each event loop may have had an idle one.
    assertThat(upstream.connections() - connections)
        .isGreaterThanOrEqualTo(20 - Runtime.getRuntime().availableProcessors());
  }

  @Test
  void interimResponse_endsNothing_overHttp2() throws Exception {
    start(
        (head, connection) -> {
          RawUpstream.send(connection, "HTTP/1.1 102 Processing\r\n\r\n");
          Thread.sleep(50);
          own(head, connection);
        });
    try (Http2Client client = new Http2Client(gateway.port())) {
      client.get(1, "/one");
      client.get(3, "/two");
      assertThat(client.response(1)).isEqualTo("200 /one");
      assertThat(client.response(3)).isEqualTo("200 /two");
    }
  }

  @Test
  void clientThatLeavesAtAnInterimResponse_leavesNothingBehind() throws Exception {
    start(
        (head, connection) -> {
          if (head.contains("/slow")) {
            RawUpstream.send(connection, HINTS);
            Thread.sleep(100);
          }
          own(head, connection);
        });
    for (int round = 0; round < 5; round++) {
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
        RawUpstream.send(client, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(new String(client.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
            .isEqualTo("HTTP/1.1 103");
      }
      for (int i = 0; i < 4; i++) {
        assertThat(get("/fast" + i)).endsWith("/fast" + i);
      }
    }
  }

  @Test
  void earlyHints_passThroughTheFilter_andNotForEver() throws Exception {
    start(
        (head, connection) -> {
          RawUpstream.send(connection, HINTS.repeat(head.contains("/flood") ? 200_000 : 1));
          own(head, connection);
        });
    String response = get("/x");
    String hints = response.substring(0, response.indexOf("HTTP/1.1 200"));
    assertThat(hints)
        .startsWith("HTTP/1.1 103")
        .containsIgnoringCase("link: </a.css>; rel=preload")
        .doesNotContain("secret")
        .doesNotContainIgnoringCase("access-control")
        .doesNotContainIgnoringCase("connection");
    assertThat(get("/flood")).contains("HTTP/1.1 502").hasSizeLessThan(10_000);
  }

  @Test
  void webSocket_opensAfterAnInterimResponse() throws Exception {
    start(
        (head, connection) ->
            RawUpstream.send(
                connection,
                lines(
                        """
                        HTTP/1.1 102 Processing

                        HTTP/1.1 101 Switching Protocols
                        Upgrade: websocket
                        Connection: Upgrade
                        Sec-WebSocket-Accept: x
                        Content-Length: 5

                        """)
                    + "frames"));
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      client.setSoTimeout(10_000);
      RawUpstream.send(
          client,
          lines(
              """
              GET /ws HTTP/1.1
              Host: a
              Connection: keep-alive, Upgrade
              Upgrade: foo
              Upgrade: WebSocket

              """));
      StringBuilder seen = new StringBuilder();
      while (!seen.toString().endsWith("frames")) {
        int next = client.getInputStream().read();
        assertThat(next).as(seen.toString()).isNotNegative();
        seen.append((char) next);
      }
      assertThat(seen.toString())
          .startsWith("HTTP/1.1 101")
          .doesNotContain("102")
          .doesNotContainIgnoringCase("content-length");
    }
    assertThat(upstream.heads().get(0)).containsIgnoringCase("upgrade: websocket\r\n");
  }

  @Test
  void trailers_passThroughTheFilter() throws Exception {
    start(
        (head, connection) ->
            RawUpstream.send(
                connection,
                lines(
                    """
                    HTTP/1.1 200 OK
                    Transfer-Encoding: chunked

                    2
                    ok
                    0
                    grpc-status: 0
                    Access-Control-Allow-Origin: *
                    Set-Cookie: a=b
                    Content-Length: 9

                    """)));
    String response = get("/x");
    assertThat(response.substring(response.indexOf("\r\n0\r\n")))
        .isEqualToIgnoringCase("\r\n0\r\ngrpc-status: 0\r\n\r\n");
  }

  @Test
  void notModified_getsNoLength_andKeepsItsHeaders() throws Exception {
    start(
        (head, connection) ->
            RawUpstream.send(
                connection, "HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\nVary: Accept\r\n\r\n"));
    assertThat(get("/x"))
        .startsWith("HTTP/1.1 304")
        .doesNotContainIgnoringCase("content-length")
        .containsIgnoringCase("etag: \"1\"")
        .containsIgnoringCase("vary: Accept\r\n")
        .containsIgnoringCase("vary: Origin");
  }

  /** As servers do that are stopped: an idle connection is reset when it is used again. */
  @ParameterizedTest
  @CsvSource({"GET, 200", "POST, 502"})
  void idempotentRequest_onAConnectionThatIsReset_isSentOnceMore(String method, int status)
      throws Exception {
    Set<Socket> used = ConcurrentHashMap.newKeySet();
    start(
        (head, connection) -> {
          if (used.add(connection)) {
            own(head, connection);
          } else {
            connection.setSoLinger(true, 0);
            connection.close();
          }
        });
    // On one connection, so on one event loop, which has a pool of its own.
    String responses;
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      RawUpstream.send(client, "GET /before HTTP/1.1\r\nHost: a\r\n\r\n");
      StringBuilder first = new StringBuilder();
      while (first.indexOf("\r\n\r\n/before") < 0) {
        int next = client.getInputStream().read();
        assertThat(next).isNotNegative();
        first.append((char) next);
      }
      RawUpstream.send(client, method + " /again HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      responses = new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
    assertThat(responses).startsWith("HTTP/1.1 " + status);
    if (status == 502) {
      assertThat(responses).contains("upstream closed the connection without a response.");
    }
    assertThat(upstream.heads()).hasSize(status == 502 ? 2 : 3);
  }

  /** The upstream says what it has to say before it has read the body, and closes. */
  @Test
  void earlyResponse_reachesTheClient() throws Exception {
    start(
        (head, connection) -> {
          RawUpstream.send(
              connection,
              "HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 8\r\n\r\ntoo much");
          if (head.contains("/shut")) {
            connection.shutdownOutput();
            Thread.sleep(200);
          }
          connection.close();
        });
    String body = "x".repeat(4_000_000);
    List<String> responses =
        IntStream.range(0, 12)
            .parallel()
            .mapToObj(
                i ->
                    Rig.raw(
                        gateway.port(),
                        "POST /"
                            + (i % 2 == 0 ? "early" : "shut")
                            + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: "
                            + body.length()
                            + "\r\n\r\n"
                            + body))
            .toList();
    assertThat(responses)
        .allSatisfy(
            response -> assertThat(response).startsWith("HTTP/1.1 413").endsWith("too much"));
  }
}
