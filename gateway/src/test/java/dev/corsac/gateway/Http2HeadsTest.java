package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.gateway.connection.Http2Streams;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A malformed head ends its own stream, also when a body follows it (RFC 9113 section 8.1.1). */
class Http2HeadsTest {
  private static final List<String> REACHED = new CopyOnWriteArrayList<>();
  private static final Rig RIG = new Rig();
  private static final List<String> POST =
      List.of(":method", "POST", ":scheme", "http", ":authority", "a", ":path", "/bad");

  @BeforeEach
  void forget() {
    REACHED.clear();
    RIG.upstreamNotes(REACHED);
  }

  @AfterAll
  static void close() {
    RIG.close();
  }

  /** Field lines, with ~ between them and ^ for NUL; those of a POST, but for the ones given. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "content-length: ' 5'",
        "content-length: 5^",
        "content-length: 5x",
        "content-length: 5, 6",
        "content-length: ",
        "content-length: 5 ~ content-length: 6",
        "transfer-encoding: chunked",
        "transfer-encoding: chunked ~ content-length: 5",
        "connection: close",
        "keep-alive: 5",
        "upgrade: x",
        "te: gzip",
        "x: a^b",
        "X: a",
        "a b: c",
        "^: c",
        "host: a ~ host: a",
        "host: a ~ host: b",
        ":protocol: websocket",
        ":status: 200",
        ":unknown: x",
        ":method: GET",
        ":method: CONNECT",
        ":authority: b",
        ":path: /other",
        "x: y ~ :path: /other"
      })
  void malformedHeadWithABody_endsItsStreamOnly(String lines) throws IOException {
    List<String> head = new ArrayList<>(POST);
    for (String line : lines.replace('^', '\0').split(" *~ *", -1)) {
      int colon = line.indexOf(':', 1);
      head.add(line.substring(0, colon));
      head.add(line.substring(colon + 1).strip().replace("'", ""));
    }
    assertEndsAlone(head);
  }

  @Test
  void connect_endsItsStreamOnly() throws IOException {
    assertEndsAlone(List.of(":method", "CONNECT", ":authority", "a:80"));
    assertEndsAlone(List.of(":method", "CONNECT", ":authority", "a:80", "content-length", "4"));
    assertEndsAlone(List.of(":method", "CONNECT"));
    assertEndsAlone(List.of(":method", "POST"));
    assertEndsAlone(List.of("content-length", "4"));
  }

  private static void assertEndsAlone(List<String> head) throws IOException {
    try (Http2Client client = new Http2Client(RIG.port())) {
      client.get(1, "/good");
      client.send(3, false, head.toArray(String[]::new));
      client.data(3, false, "bo");
      client.get(5, "/good");
      client.data(3, false, "dy");
      client.data(3, true, "");
      client.get(7, "/good");
      assertThat(client.response(3))
          .satisfiesAnyOf(
              response -> assertThat(response).startsWith("400 Corsac gateway: "),
              response -> assertThat(response).startsWith("reset"));
      for (int stream : List.of(1, 5, 7)) {
        assertThat(client.response(stream)).isEqualTo("200 reached");
      }
    }
    assertThat(REACHED).containsOnly("/good");
  }

  /** What is one too many is refused, and so is its body. */
  @Test
  void refusedStreamWithABody_endsItsStreamOnly() throws IOException {
    try (Http2Client client = new Http2Client(RIG.port())) {
      String[] post = POST.toArray(String[]::new);
      int most = Http2Streams.MOST;
      for (int i = 0; i < most; i++) {
        client.send(2 * i + 1, false, post);
      }
      int refused = 2 * most + 1;
      client.send(refused, false, post);
      client.data(refused, true, "body");
      assertThat(client.response(refused)).startsWith("reset");
      client.data(1, true, "");
      assertThat(client.response(1)).isEqualTo("200 reached");
      client.get(refused + 2, "/good");
      assertThat(client.response(refused + 2)).isEqualTo("200 reached");
    }
  }
}
