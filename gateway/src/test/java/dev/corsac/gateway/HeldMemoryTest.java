package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Heads and trailers that do not end, or have many small fields, which take far more than bytes.
 */
class HeldMemoryTest {
  private static final Pattern HELD =
      Pattern.compile("(?m)^corsac_held_bytes(?:\\{\\})? ([0-9.E]+)$");

  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String NEXT = "GET /next HTTP/1.1\r\nHost: a\r\n";
  private static final String FIELDS = ("a: " + "y".repeat(230) + "\r\n").repeat(250);
  private static final String MANY_FIELDS = "a:\r\n".repeat(300);
  private static final String LONG_FIELDS = ("X: " + "y".repeat(300) + "\r\n").repeat(190);

  /** Less than the bytes of the fields. */
  private static final double MUCH = 50 * 1024;

  private final Rig rig = new Rig();
  private final List<Socket> sockets = new ArrayList<>();

  /** Where in what a client sends the fields are; the upstream does not respond meanwhile. */
  enum Place {
    FIRST_HEAD("", NEXT + FIELDS),
    HEAD_BEHIND_A_REQUEST(GET, NEXT + FIELDS),
    HEAD_IN_THE_SAME_PIECE("", GET + NEXT + FIELDS),
    TRAILERS(
        "",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n" + FIELDS),
    HEADS_THAT_WAIT("", GET + (NEXT + LONG_FIELDS + "\r\n").repeat(15)),
    HEADS_THAT_ARE_REFUSED("", GET + (NEXT + MANY_FIELDS + "\r\n").repeat(10) + NEXT + FIELDS);

    private final String first;
    private final String then;

    Place(String first, String then) {
      this.first = first;
      this.then = then;
    }
  }

  @AfterEach
  void close() throws IOException {
    closeAll();
    rig.close();
  }

  private void closeAll() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  private void send(Place place) throws IOException, InterruptedException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.port());
    sockets.add(socket);
    if (!place.first.isEmpty()) {
      RawUpstream.send(socket, place.first);
      Thread.sleep(100);
    }
    try {
      RawUpstream.send(socket, place.then);
    } catch (IOException e) {
      // It was closed meanwhile.
    }
  }

  private double held() {
    Matcher line =
        HELD.matcher(
            Rig.raw(
                rig.gateway().adminPort().orElseThrow(),
                "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    assertThat(line.find()).isTrue();
    return Double.parseDouble(line.group(1));
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void fieldsThatAreReadAhead_areCounted_untilTheConnectionIsGone(Place place) throws Exception {
    List<HttpServerRequest> begun = new CopyOnWriteArrayList<>();
    rig.upstreamDoes(begun::add);
    send(place);
    long deadline = System.nanoTime() + Rig.ENOUGH.toNanos() / 2;
    while (held() < MUCH && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    assertThat(held()).isGreaterThan(MUCH);
    closeAll();
    // Who is not read from is missed when there is something to send.
    begun.forEach(request -> rig.later(1, () -> request.response().end()));
    while (held() > 0 && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    assertThat(held()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "TRAILERS"})
  void requestOfManyFields_isRefusedBeforeItIsWhole(String kind) {
    String start =
        kind.equals("GET")
            ? NEXT
            : "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n";
    assertThat(Rig.raw(rig.port(), start + "a:\r\n".repeat(257)))
        .startsWith(kind.equals("GET") ? "HTTP/1.1 431" : "HTTP/1.1 400")
        .containsOnlyOnce("HTTP/1.1");
  }

  @Test
  void responseOfManyFields_isNotHttp_andOneOfAsManyAsMayBe_is() {
    try (RawUpstream upstream =
            new RawUpstream(
                (head, connection) -> {
                  int fields = head.startsWith("GET /many ") ? 256 : 255;
                  RawUpstream.send(
                      connection,
                      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"
                          + "a:\r\n".repeat(fields)
                          + "\r\nok");
                });
        Gateway gateway = Rig.start(Rig.config(upstream.uri(), Rig.policy().build()))) {
      String lines = " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
      assertThat(Rig.raw(gateway.port(), "GET /many" + lines))
          .startsWith("HTTP/1.1 502")
          .contains("too many");
      assertThat(Rig.raw(gateway.port(), "GET /most" + lines))
          .startsWith("HTTP/1.1 200")
          .endsWith("ok");
    }
  }
}
