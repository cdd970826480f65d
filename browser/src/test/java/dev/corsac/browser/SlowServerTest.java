package dev.corsac.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.browser.http.HttpTransport;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An exchange ends with its timeout, wherever the server makes it wait, with TLS and without. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
class SlowServerTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 9000\r\n\r\n";

  @TempDir private static Path folder = Path.of("replaced by JUnit");

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void aServerThatNeverSpeaksTimesOut(String scheme) throws Exception {
    try (Server server = new Server(plainSocket(), c -> c.getInputStream().readAllBytes())) {
      load(scheme, server.port(), new byte[0]).assertBlocked(Cause.TIMEOUT);
    }
  }

  @Test
  void aServerThatNeverReadsTimesOut() throws Exception {
    try (Server server = new Server(plainSocket(), connection -> Thread.sleep(60_000))) {
      load("http", server.port(), new byte[32 << 20]).assertBlocked(Cause.TIMEOUT);
    }
  }

  @Test
  void aTlsServerThatReadsNothingOfTheRequestTimesOut() throws Exception {
    Behaviour shakesHands =
        connection -> {
          connection.getInputStream().read();
          Thread.sleep(60_000);
        };
    try (Server server = new Server(tlsSocket(), shakesHands)) {
      load("https", server.port(), new byte[32 << 20]).assertBlocked(Cause.TIMEOUT);
    }
  }

  /** A record of 16 KiB is announced, and comes byte by byte. */
  @Test
  void aHandshakeThatDripsTimesOut() throws Exception {
    Behaviour drips =
        connection -> {
          OutputStream out = connection.getOutputStream();
          out.write(new byte[] {22, 3, 3, 0x40, 0});
          while (true) {
            out.write(0);
            Thread.sleep(50);
          }
        };
    try (Server server = new Server(plainSocket(), drips)) {
      load("https", server.port(), new byte[0]).assertBlocked(Cause.TIMEOUT);
    }
  }

  /** A true handshake, whose every byte comes late. */
  @Test
  void aTrueHandshakeThatDripsTimesOut() throws Exception {
    try (Server server = new Server(tlsSocket(), connection -> answer(connection, "late"));
        Server drip = dripping(server, new AtomicBoolean(true))) {
      load("https", drip.port(), new byte[0]).assertBlocked(Cause.TIMEOUT);
    }
  }

  /** The first record after the handshake comes byte by byte. */
  @Test
  void aHeadThatDripsAfterTheHandshakeTimesOut() throws Exception {
    AtomicBoolean slow = new AtomicBoolean();
    Behaviour answers =
        connection -> {
          slow.set(true);
          answer(connection, HEAD + "x".repeat(9000));
        };
    try (Server server = new Server(tlsSocket(), answers);
        Server drip = dripping(server, slow)) {
      load("https", drip.port(), new byte[0]).assertBlocked(Cause.TIMEOUT);
    }
  }

  @Test
  void aBodyThatDripsIsBrokenOffAndTheHeadCounts() throws Exception {
    AtomicBoolean slow = new AtomicBoolean();
    Behaviour answers =
        connection -> {
          answer(connection, HEAD);
          // The proxy has passed the head on before it turns slow.
          Thread.sleep(200);
          slow.set(true);
          answer(connection, "x".repeat(9000));
        };
    try (Server server = new Server(tlsSocket(), answers);
        Server drip = dripping(server, slow)) {
      Outcome outcome = load("https", drip.port(), new byte[0]);
      WireResponse response = Objects.requireNonNull(outcome.transcript().get(0).response());
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.bodyError()).isEqualTo("the body did not end in time");
    }
  }

  @Test
  void aQuickServerIsNotCutOff() throws Exception {
    Behaviour answers = connection -> answer(connection, HEAD + "x".repeat(9000));
    try (Server server = new Server(tlsSocket(), answers)) {
      assertThat(load("https", server.port(), new byte[0]).isReadable()).isTrue();
    }
  }

  private static Outcome load(String scheme, int port, byte[] body)
      throws GeneralSecurityException {
    Transport transport =
        HttpTransport.create()
            .map("https://api.example.com", scheme + "://localhost:" + port)
            .tls(tls().getSocketFactory())
            .timeout(Duration.ofSeconds(2));
    PageRequest request = PageRequest.fetch("https://api.example.com/");
    return Browser.builder(Engine.CHROMIUM, transport)
        .build()
        .load(
            Page.of("https://app.example.com"),
            body.length == 0 ? request : request.method("POST").body(Body.bytes(body)));
  }

  private static void answer(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    connection.getOutputStream().flush();
  }

  /** Passes on what it gets; while slow, what the server sends byte by byte. */
  private static Server dripping(Server target, AtomicBoolean slow) throws IOException {
    return new Server(
        plainSocket(),
        client -> {
          try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target.port())) {
            start(() -> client.getInputStream().transferTo(server.getOutputStream()));
            byte[] buffer = new byte[1 << 15];
            int length;
            while ((length = server.getInputStream().read(buffer)) >= 0) {
              for (int i = 0, step; i < length; i += step) {
                step = slow.get() ? 1 : length - i;
                client.getOutputStream().write(buffer, i, step);
                Thread.sleep(step == 1 ? 50 : 0);
              }
            }
          }
        });
  }

  private static ServerSocket plainSocket() throws IOException {
    return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  private static ServerSocket tlsSocket() throws IOException, GeneralSecurityException {
    return tls()
        .getServerSocketFactory()
        .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  /** For a server on localhost, and for a client that trusts it. */
  private static synchronized SSLContext tls() throws GeneralSecurityException {
    try {
      Path file = folder.resolve("localhost.p12");
      if (!file.toFile().exists()) {
        makeCertificate(file);
      }
      KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (IOException | InterruptedException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static void makeCertificate(Path file) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(
        Arrays.asList(
            ("-genkeypair -keyalg EC -dname CN=localhost -ext san=dns:localhost -storetype PKCS12"
                    + " -storepass changeit -keystore")
                .split(" ", -1)));
    command.add(file.toString());
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
  }

  @FunctionalInterface
  private interface Behaviour {
    void serve(Socket connection) throws IOException, InterruptedException;
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static Thread start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException gone) {
                // The client hung up, as it should, or the test is over.
              } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
              }
            },
            "slow-server");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Serves every connection on a thread of its own. */
  private record Server(ServerSocket socket, Behaviour behaviour) implements AutoCloseable {
    Server {
      start(
          () -> {
            while (true) {
              Socket connection = socket.accept();
              start(
                  () -> {
                    try (connection) {
                      behaviour.serve(connection);
                    }
                  });
            }
          });
    }

    int port() {
      return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
