package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.config.CorsacConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** As many requests as clients like, to an upstream that takes no connection. */
class WaitingRequestsTest {
  private static final int STREAMS = 100;

  /** As many as an event loop may connect, and as many as may wait for that. */
  private static final int MOST = 1024 + 4096;

  private static final Duration LONGER_THAN_THE_TEST = Duration.ofMinutes(5);

  /** No answer to SYN: the queue of connections that nobody accepts is full. */
  @Test
  void tooManyThatWait_areToldAtOnce() throws IOException {
    List<AutoCloseable> clients = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket first = new Socket(InetAddress.getLoopbackAddress(), full.getLocalPort());
        Socket second = new Socket(InetAddress.getLoopbackAddress(), full.getLocalPort());
        Gateway gateway = Rig.start(config(full.getLocalPort()))) {
      assertThat(first.isConnected() && second.isConnected()).isTrue();
      int loops = Runtime.getRuntime().availableProcessors();
      String told = "";
      // Each event loop has a limit of its own; every one of them gets its share of connections.
      for (int i = 0; i < loops * (MOST / STREAMS + 2) && told.isEmpty(); i++) {
        RawHttp2 client = new RawHttp2(gateway.port()).settings();
        clients.add(client);
        for (int stream = 0; stream < STREAMS; stream++) {
          client.get(2 * stream + 1, "/");
        }
        told = refusal(client);
      }
      assertThat(told).contains("too many requests wait for a connection to the upstream");
      assertThat(clients).hasSizeGreaterThan(MOST / STREAMS);
    } finally {
      for (AutoCloseable client : clients) {
        closeQuietly(client);
      }
    }
  }

  private static CorsacConfig config(int port) {
    return Rig.config(URI.create("http://127.0.0.1:" + port), Rig.policy().build()).toBuilder()
        .timeouts(Rig.all(LONGER_THAN_THE_TEST).withStop(Duration.ZERO))
        .build();
  }

  /** What the gateway says to a request of the client, before it responds to a PING. */
  private static String refusal(RawHttp2 client) throws IOException {
    client.send(RawHttp2.PING, 0, 0, new byte[8]);
    for (RawHttp2.Frame frame = client.next(); frame != null; frame = client.next()) {
      if (frame.type() == RawHttp2.DATA) {
        return frame.payload().toString();
      }
      if (frame.type() == RawHttp2.PING) {
        return "";
      }
    }
    return "the connection has ended";
  }

  private static void closeQuietly(AutoCloseable client) {
    try {
      client.close();
    } catch (Exception e) {
      // It is closed.
    }
  }
}
