package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that two servers could read differently gets 400, and nothing behind it is read. */
class HostileRequestTest {
  private static final List<String> REACHED = new CopyOnWriteArrayList<>();
  private static final Rig RIG = new Rig();

  @BeforeEach
  void forget() {
    REACHED.clear();
    RIG.upstreamNotes(REACHED);
  }

  @AfterAll
  static void close() {
    RIG.close();
  }

  private static String send(String request) {
    return Rig.raw(
        RIG.port(),
        request.replace("~", "\r\n").replace('^', '\u0001')
            + "GET /smuggled HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  }

  /** With ~ for a line end and ^ for a control character. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          POST / HTTP/1.1~Host: a~Content-Length: 5~Transfer-Encoding: chunked~~0~~
          POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~Content-Length: 5~~0~~
          POST / HTTP/1.0~Host: a~Content-Length: 1~Transfer-Encoding: chunked~~0~~
          POST / HTTP/1.0~Host: a~Connection: keep-alive~Transfer-Encoding: chunked~~0~~
          POST / HTTP/1.1~Host: a~Transfer-Encoding: xchunked~~0~~
          POST / HTTP/1.1~Host: a~Transfer-Encoding: identity~~
          POST / HTTP/1.1~Host: a~Transfer-Encoding: gzip, chunked~~0~~
          POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked, chunked~~0~~
          POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~Transfer-Encoding: identity~~0~~
          POST / HTTP/1.1~Host: a~Transfer-Encoding:~~0~~
          POST / HTTP/1.1~Host: a~Transfer-Encoding : chunked~~0~~
          POST / HTTP/1.1~Host: a~Content-Length : 5~~hello
          POST / HTTP/1.1~Host: a~Content-Length: +5~~hello
          POST / HTTP/1.1~Host: a~Content-Length: -5~~hello
          POST / HTTP/1.1~Host: a~Content-Length: 5,5~~hello
          POST / HTTP/1.1~Host: a~Content-Length: 5, 6~~hello
          POST / HTTP/1.1~Host: a~Content-Length: 0x5~~hello
          POST / HTTP/1.1~Host: a~Content-Length:~~hello
          POST / HTTP/1.1~Host: a~Content-Length: 99999999999999999999~~hello
          POST / HTTP/1.1~Host: a~Content-Length: 5~Content-Length: 5~~hello
          POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~~x~hello~0~~
          POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~~5~hello~-1~~
          POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~~5 ~hello~0~~
          POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~~0x5~hello~0~~
          POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~~5~helloXX0~~
          POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~~100000005~hello~0~~
          GET / HTTP/1.1~Host: a~: v~~
          GET / HTTP/1.1~Host: a~X Y: v~~
          GET / HTTP/1.1~Host: a~X: a^b~~
          GET / HTTP/1.1~Host: a~X^: b~~
          GET / HTTP/1.1~Host: a~no colon~~
          POST / HTTP/1.0~Host: a~Content-Length: 5~Content-Length: 0~~hello
          POST / HTTP/1.0~Host: a~content-length: 5~Content-Length: 5~~hello
          GET / HTTP/1.1~Host: a~X: a~ b~~
          GET / HTTP/1.1~Host: a~X: a~\tb~~
          GET / HTTP/1.1~Host:~ a~~
          GET / HTTP/1.1~ Host: a~~
          GET / HTTP/1.1~ X: b~Host: a~~
          GET\t/ HTTP/1.1~Host: a~~
          GET /\tHTTP/1.1~Host: a~~
          GET /\013HTTP/1.1~Host: a~~
          GET / http/1.1~Host: a~~
          GET / Http/1.0~Host: a~~
          GET  / HTTP/1.1~Host: a~~
          GET /  HTTP/1.1~Host: a~~
          GET / HTTP/1.2~Host: a~~
          GET / HTTP/2.0~Host: a~~
          GET / HTTP/9.9~Host: a~~
          G^T / HTTP/1.1~Host: a~~
          GET /a^b HTTP/1.1~Host: a~~
          GET /a#b HTTP/1.1~Host: a~~
          GET a HTTP/1.1~Host: a~~
          GET * HTTP/1.1~Host: a~~
          GET ftp://a/ HTTP/1.1~Host: a~~
          GET http://u:p@a/ HTTP/1.1~Host: a~~
          GET http:///x HTTP/1.1~Host: a~~
          GET http://%0a/ HTTP/1.1~Host: a~~
          CONNECT a:443 HTTP/1.1~Host: a:443~~
          OPTIONS a:443 HTTP/1.1~Host: a:443~~
          GET / HTTP/1.1~~
          GET / HTTP/1.1~Host: a~Host: a~~
          GET / HTTP/1.0~Host: a~Host: b~~
          GET /ws HTTP/1.1~Host: a~Upgrade: websocket~Connection: Upgrade~Content-Length: 2~~ok
          """)
  void ambiguousRequest_isRefused(String request) {
    String response = send(request);
    assertThat(response)
        .startsWith("HTTP/1.")
        .contains(" 400 ")
        .containsIgnoringCase("content-type: text/plain; charset=utf-8")
        .contains("Corsac gateway: ")
        .doesNotContain("reached")
        .containsOnlyOnce("HTTP/1.");
    assertThat(REACHED).isEmpty();
  }

  /** While the first waits for its response, the others wait in Vert.x. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1~~",
        "GET /a#b HTTP/1.1~Host: a~~",
        "GET / HTTP/1.1~Host: a~X: a^b~~",
        "GET / HTTP/1.1~Host: a~X: a~ b~~",
        "POST / HTTP/1.1~Host: a~Transfer-Encoding: gzip, chunked~~0~~",
        "POST / HTTP/1.1~Host: a~Expect: 100-continue~Content-Length: +5~~",
        "junk~~"
      })
  void whatFollowsARefusedRequest_isNone(String refused) {
    RIG.upstreamDoes(
        request -> {
          REACHED.add(request.uri());
          Vertx.currentContext().owner().setTimer(200, id -> request.response().end("reached"));
        });
    String response = send("GET /first HTTP/1.1~Host: a~~" + refused);
    assertThat(response).containsOnlyOnce("HTTP/1.1 200").containsOnlyOnce(" 400 ");
    assertThat(REACHED).containsExactly("/first");
  }

  @Test
  void upgradeToHttp2_isNotMade() {
    String response =
        send(
            "GET /h2c HTTP/1.1~Host: a~Upgrade: h2c~Connection: Upgrade, HTTP2-Settings"
                + "~HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA~~");
    assertThat(response).startsWith("HTTP/1.1 200").doesNotContain("101");
    assertThat(REACHED).containsExactly("/h2c", "/smuggled");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "%0a",
        "exa%6dple.com",
        "a%00b",
        "a b",
        "u@a",
        "a/b",
        "a,b",
        "a;b",
        "a\"b",
        "a:99999",
        "a:80:80",
        "[::1",
        "\u00e9",
        "a\";for=6.6.6.6;x=\""
      })
  void hostThatIsNone_isRefused(String host) {
    for (String version : List.of("1.0", "1.1")) {
      assertThat(send("GET / HTTP/" + version + "~Host: " + host + "~~"))
          .startsWith("HTTP/" + version + " 400")
          .containsOnlyOnce("HTTP/1.");
    }
    assertThat(REACHED).isEmpty();
  }

  @Test
  void tooLarge_isSaidSo() {
    assertThat(send("GET /" + "a".repeat(20_000) + " HTTP/1.1~Host: a~~"))
        .contains(" 414 ")
        .contains("Corsac gateway: ");
    assertThat(send("GET / HTTP/1.1~Host: a~X: " + "a".repeat(70_000) + "~~"))
        .contains(" 431 ")
        .contains("Corsac gateway: ");
    assertThat(REACHED).isEmpty();
  }

  /** Over HTTP/2: one bad stream, between two good ones that must not suffer. */
  @ParameterizedTest
  @CsvSource({
    ":authority,%0a",
    ":authority,a b",
    ":authority,u@a",
    ":authority,a:99999",
    ":authority,[::1",
    ":authority,exa%6dple.com",
    ":authority,''",
    ":method,G T",
    ":method,CONNECT",
    ":scheme,ftp",
    ":scheme,ht tp",
    ":path,a",
    ":path,http://a/x",
    ":path,*",
    ":path,/a b",
    ":path,/a#b",
    "content-length,+5",
    "content-length,'5,5'",
    "transfer-encoding,chunked",
    "connection,close",
    "'',v",
    "a b,v",
    "a,b\u0001c"
  })
  void badStream_harmsNoOther(String name, String value) throws IOException {
    List<String> head =
        new ArrayList<>(
            List.of(":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/bad"));
    int at = head.indexOf(name);
    if (at < 0 || at % 2 != 0) {
      head.addAll(List.of(name, value));
    } else {
      head.set(at + 1, value);
    }
    try (Http2Client client = new Http2Client(RIG.port())) {
      client.get(1, "/good");
      client.send(3, true, head.toArray(String[]::new));
      client.get(5, "/good");
      assertThat(client.response(3))
          .satisfiesAnyOf(
              response -> assertThat(response).startsWith("400 Corsac gateway: "),
              response -> assertThat(response).isEqualTo("reset"));
      assertThat(client.response(1)).isEqualTo("200 reached");
      assertThat(client.response(5)).isEqualTo("200 reached");
    }
    assertThat(REACHED).containsOnly("/good");
  }

  @Test
  void http2Length_isHeld() throws IOException {
    try (Http2Client client = new Http2Client(RIG.port())) {
      String[] head = {
        ":method",
        "POST",
        ":scheme",
        "http",
        ":authority",
        "a",
        ":path",
        "/x",
        "content-length",
        "9"
      };
      client.send(1, false, head);
      client.data(1, true, "short");
      client.send(3, false, head);
      client.data(3, true, "longer than announced");
      client.get(5, "/good");
      assertThat(client.response(1)).matches("(?s)reset|400 .*");
      assertThat(client.response(3)).matches("(?s)reset|400 .*");
      assertThat(client.response(5)).isEqualTo("200 reached");
    }
    assertThat(REACHED).containsExactly("/good");
  }
}
