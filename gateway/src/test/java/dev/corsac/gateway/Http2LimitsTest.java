package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.config.Limits;
import dev.corsac.config.Timeouts;
import dev.corsac.gateway.RawHttp2.Frame;
import dev.corsac.gateway.connection.Http2Streams;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients of HTTP/2 that want more than their share. */
class Http2LimitsTest {
  private static final Duration SHORT = Duration.ofMillis(700);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Limits LIMITS = Rig.limits(1000, 1000);

  private final Rig rig = new Rig(timeouts(LONG, LONG), LIMITS);

  private static Timeouts timeouts(Duration idle, Duration head) {
    return Rig.all(LONG).withIdle(idle).withHead(head).withStop(Duration.ofSeconds(2));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private RawHttp2 connect() throws IOException {
    return new RawHttp2(rig.port());
  }

  @Test
  void streams_areLimitedBeforeTheClientKnowsIt() throws Exception {
    AtomicInteger atTheUpstream = new AtomicInteger();
    rig.upstreamDoes(request -> atTheUpstream.incrementAndGet());
    try (RawHttp2 client = connect().settings()) {
      int many = 3 * Http2Streams.MOST;
      for (int i = 0; i < many; i++) {
        client.get(2 * i + 1, "/");
      }
      Set<Integer> refused = new HashSet<>();
      while (refused.size() < many - Http2Streams.MOST) {
        Frame frame = client.next();
        if (frame == null || frame.type() == RawHttp2.GOAWAY) {
          break;
        }
        if (frame.type() == RawHttp2.RST_STREAM) {
          refused.add(frame.stream());
        }
      }
      assertThat(refused).isNotEmpty().allMatch(stream -> stream > 2 * Http2Streams.MOST);
      assertThat(atTheUpstream.get()).isLessThanOrEqualTo(Http2Streams.MOST);
    }
    serves();
  }

  @Test
  void rapidReset_endsTheConnection() throws Exception {
    try (RawHttp2 client = connect().settings()) {
      int error = -1;
      try {
        for (int i = 0; i < 5000; i++) {
          client.get(2 * i + 1, "/").send(RawHttp2.RST_STREAM, 0, 2 * i + 1, 0, 0, 0, 8);
        }
      } catch (SocketException e) {
        error = RawHttp2.ENHANCE_YOUR_CALM;
      }
      int said = client.endsWith();
      assertThat(said < 0 ? error : said).isEqualTo(RawHttp2.ENHANCE_YOUR_CALM);
    }
    serves();
  }

  @Test
  void continuationsWithoutEnd_endTheConnection() throws Exception {
    for (byte[] part : new byte[][] {{}, RawHttp2.header("a", "x".repeat(8000))}) {
      try (RawHttp2 client = connect().settings()) {
        client.send(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, RawHttp2.head("/"));
        floods(client, 2000, () -> client.send(RawHttp2.CONTINUATION, 0, 1, part));
      }
    }
    serves();
  }

  @Test
  void aHeadThatExpandsALot_isRefused() throws Exception {
    rig.upstreamDoes(request -> request.response().end("reached"));
    try (RawHttp2 client = connect().settings()) {
      // An entry of the dynamic table with 4,000 bytes, and 3,000 references to it.
      byte[] entry = RawHttp2.header("a", "x".repeat(4000));
      entry[0] = 0x40;
      byte[] block = new byte[RawHttp2.head("/").length + entry.length + 3000];
      System.arraycopy(RawHttp2.head("/"), 0, block, 0, RawHttp2.head("/").length);
      System.arraycopy(entry, 0, block, RawHttp2.head("/").length, entry.length);
      Arrays.fill(block, block.length - 3000, block.length, (byte) 0xbe);
      client.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, 1, block);
      Frame frame = client.next();
      while (frame != null
          && frame.type() != RawHttp2.RST_STREAM
          && frame.type() != RawHttp2.GOAWAY) {
        // 431 (RFC 6585) may come before the reset.
        assertThat(frame.type() == RawHttp2.DATA && frame.payload().toString().equals("reached"))
            .isFalse();
        frame = client.next();
      }
    }
    serves();
  }

  @Test
  void framesWhoseAnswersAreNotTaken_endTheConnection() throws Exception {
    try (RawHttp2 client = connect().settings()) {
      floods(client, 3_000_000, () -> client.send(RawHttp2.PING, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8));
    }
    try (RawHttp2 client = connect().settings()) {
      floods(client, 3_000_000, client::settings);
    }
    serves();
  }

  private interface Sending {
    void run() throws IOException;
  }

  /** Sends again and again, and reads nothing, until the gateway has ended the connection. */
  private static void floods(RawHttp2 client, int most, Sending sending) throws IOException {
    try {
      for (int i = 0; i < most; i++) {
        sending.run();
      }
    } catch (SocketException e) {
      return;
    }
    assertThat(client.endsWith()).isNotEqualTo(-1);
  }

  @Test
  void aResponseThatIsNotTaken_isReset_smallOrLarge() throws Exception {
    rig.upstreamDoes(
        request ->
            request.response().end(request.path().equals("/large") ? "x".repeat(5_000_000) : "ok"));
    rig.reload(timeouts(SHORT, LONG), LIMITS);
    try (RawHttp2 client = connect().noWindow()) {
      client.get(1, "/small").get(3, "/large");
      Set<Integer> reset = new HashSet<>();
      while (reset.size() < 2) {
        Frame frame = client.next(RawHttp2.RST_STREAM);
        assertThat(frame).isNotNull();
        reset.add(frame == null ? 0 : frame.stream());
      }
      assertThat(reset).containsExactlyInAnyOrder(1, 3);
    }
  }

  @Test
  void aWindowThatTrickles_isNoWindow() throws Exception {
    rig.upstreamDoes(request -> request.response().end("x".repeat(5_000_000)));
    rig.reload(timeouts(SHORT, LONG), LIMITS);
    try (RawHttp2 client = connect().noWindow()) {
      client.get(1, "/");
      try {
        for (int i = 0; i < 30; i++) {
          client.send(RawHttp2.WINDOW_UPDATE, 0, 1, 0, 0, 0, 1);
          Thread.sleep(100);
        }
      } catch (SocketException e) {
        // Reset, and then idle.
      }
      assertThat(client.gets(RawHttp2.RST_STREAM, 1)).isTrue();
    }
  }

  @Test
  void aConnectionWithoutStreams_isIdle_whateverElseItSends() throws Exception {
    rig.reload(timeouts(SHORT, LONG), LIMITS);
    try (RawHttp2 client = connect().settings()) {
      client.get(1, "/");
      assertThat(client.gets(RawHttp2.DATA, 1)).isTrue();
      try {
        for (int i = 0; i < 200; i++) {
          client.send(RawHttp2.PING, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8);
          Thread.sleep(50);
        }
      } catch (SocketException e) {
        // Ended already.
      }
      assertThat(client.endsWith()).isIn(0, -1);
    }
  }

  @Test
  void aRequestThatWaits_isNotIdle() throws Exception {
    rig.upstreamDoes(request -> rig.later(2500, () -> request.response().end("at last")));
    rig.reload(timeouts(SHORT, LONG), LIMITS);
    try (RawHttp2 client = connect().settings()) {
      client.get(1, "/");
      assertThat(client.gets(RawHttp2.DATA, 1)).isTrue();
    }
  }

  @Test
  void aClientThatAsksForNothing_isNotWaitedForLonger() throws Exception {
    rig.reload(timeouts(LONG, SHORT), LIMITS);
    try (RawHttp2 client = connect().settings()) {
      assertThat(client.endsWith()).isIn(0, -1);
    }
    try (RawHttp2 client = connect()) {
      assertThat(client.endsWith()).isIn(0, -1);
    }
  }

  private void serves() throws IOException {
    rig.upstreamDoes(request -> request.response().end("ok"));
    try (RawHttp2 client = connect().settings()) {
      client.get(1, "/");
      assertThat(client.gets(RawHttp2.DATA, 1)).isTrue();
    }
  }
}
