package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.config.Timeouts;
import dev.corsac.gateway.RawHttp2.Frame;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What clients see of a gateway that stops. */
@Isolated("the error stream is the JVM's")
class StopTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String GET = "GET / HTTP/1.1\r\nHost: api.example\r\n\r\n";

  private final Rig rig = new Rig(timeouts(Duration.ofSeconds(1), LONG), Rig.limits(1000, 1000));
  private final Thread stopping = new Thread(() -> rig.gateway().close());

  private static Timeouts timeouts(Duration drain, Duration stop) {
    return Rig.all(LONG).withDrain(drain).withStop(stop);
  }

  @AfterEach
  void close() throws Exception {
    stopping.join();
    rig.close();
  }

  private String ready() {
    String asks = "GET /health/ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    return Rig.raw(rig.gateway().adminPort().orElseThrow(), asks);
  }

  private void awaitStopping() throws InterruptedException {
    while (!ready().startsWith("HTTP/1.1 503")) {
      Thread.sleep(10);
    }
  }

  private void awaitClosedListener() throws Exception {
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.port())) {
        assertThat(socket.isConnected()).isTrue();
        Thread.sleep(10);
      } catch (ConnectException e) {
        return;
      }
    }
  }

  /** A connection that is kept, as browsers and load balancers have them. */
  private static final class Client implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;
    private boolean toldToClose;

    Client(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(20_000);
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    void ask() throws IOException {
      socket.getOutputStream().write(GET.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The body of a response; null if the connection ended before its first byte. */
    String response() throws IOException {
      String status = in.readLine();
      if (status == null) {
        return "";
      }
      assertThat(status).startsWith("HTTP/1.1 200");
      int length = -1;
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        String lower = line.toLowerCase(Locale.ROOT);
        if (lower.startsWith("content-length:")) {
          length = Integer.parseInt(lower.substring(15).strip());
        }
        toldToClose |= lower.equals("connection: close");
      }
      char[] body = new char[length];
      int read = 0;
      while (read < length) {
        int now = in.read(body, read, length - read);
        assertThat(now).as("the response is whole").isPositive();
        read += now;
      }
      return new String(body);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void readinessFirst_thenTheListener_andHealthUntilTheEnd() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    rig.upstreamDoes(
        request -> {
          asked.countDown();
          new Thread(
                  () -> {
                    awaitQuietly(go);
                    request.response().end("at last");
                  })
              .start();
        });
    try (Client client = new Client(rig.port())) {
      client.ask();
      asked.await();
      assertThat(ready()).startsWith("HTTP/1.1 200");
      stopping.start();
      awaitStopping();
      // A balancer needs time to see it, so it is served still.
      try (Client late = new Client(rig.port())) {
        assertThat(late.socket.isConnected()).isTrue();
      }
      awaitClosedListener();
      assertThat(ready()).startsWith("HTTP/1.1 503");
      go.countDown();
      assertThat(client.response()).isEqualTo("at last");
      assertThat(client.toldToClose).isTrue();
      assertThat(client.response()).isEmpty();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void clientsThatKeepTheirConnections_loseNothing() throws Exception {
    rig.upstreamDoes(
        request -> rig.later(1 + request.uri().hashCode() % 5, () -> request.response().end("ok")));
    AtomicInteger answered = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(16);
    CountDownLatch warm = new CountDownLatch(16);
    List<Future<Boolean>> clients = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      clients.add(
          pool.submit(
              () -> {
                try (Client client = new Client(rig.port())) {
                  while (!client.toldToClose) {
                    client.ask();
                    assertThat(client.response()).isEqualTo("ok");
                    answered.incrementAndGet();
                    warm.countDown();
                  }
                  return client.response().isEmpty();
                }
              }));
    }
    warm.await();
    stopping.start();
    for (Future<Boolean> client : clients) {
      assertThat(client.get()).isTrue();
    }
    pool.shutdown();
    assertThat(answered.get()).isGreaterThan(100);
  }

  @Test
  void aConnectionWithoutARequest_isClosed() throws Exception {
    try (Client used = new Client(rig.port());
        Client fresh = new Client(rig.port())) {
      used.ask();
      assertThat(used.response()).isEqualTo("ok");
      stopping.start();
      assertThat(used.response()).isEmpty();
      assertThat(fresh.response()).isEmpty();
    }
  }

  @Test
  void http2_isToldToGoAway_andStreamsEnd() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    rig.upstreamDoes(
        request -> {
          asked.countDown();
          rig.later(2500, () -> request.response().end("at last"));
        });
    try (RawHttp2 client = new RawHttp2(rig.port()).settings()) {
      client.get(1, "/");
      asked.await();
      stopping.start();
      Frame goAway = client.next(RawHttp2.GOAWAY);
      assertThat(goAway).isNotNull();
      if (goAway != null) {
        assertThat(goAway.error()).isZero();
        // What is on its way is still taken (RFC 9113 section 6.8).
        assertThat(goAway.lastStream()).isEqualTo(Integer.MAX_VALUE);
      }
      client.get(3, "/");
      Frame data = client.next(RawHttp2.DATA);
      assertThat(data).isNotNull();
      assertThat(client.gets(RawHttp2.DATA, 3)).isTrue();
      assertThat(client.endsWith()).isIn(0, -1);
    }
  }

  @Test
  void aRequestThatDoesNotEnd_isBrokenOff() throws Exception {
    rig.reload(timeouts(Duration.ZERO, Duration.ofMillis(700)), Rig.limits(1000, 1000));
    CountDownLatch asked = new CountDownLatch(1);
    rig.upstreamDoes(request -> asked.countDown());
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try (Client client = new Client(rig.port())) {
      client.ask();
      asked.await();
      stopping.start();
      try {
        String status = client.in.readLine();
        assertThat(status == null || status.startsWith("HTTP/1.1 503")).as(status).isTrue();
      } catch (SocketException e) {
        // An end too.
      }
      stopping.join();
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("requests had not ended within timeouts.stop")
        .doesNotContain("Exception");
  }
}
