package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS on {@code listen}. */
@Execution(ExecutionMode.CONCURRENT)
class TlsTest {
  private static final String SHORT = "timeouts: { drain: 0s, head: 3s }\n";
  private static final String TLS = "tls: { certificate: server.pem, key: server-key.pem }\n";

  @TempDir private Path folder = Path.of("replaced by JUnit");
  private Certificates authority =
      new Certificates(Path.of(System.getProperty("java.io.tmpdir")), "none");

  @BeforeEach
  void certificates() {
    authority = new Certificates(folder, "authority");
    authority.issue("server");
  }

  @ParameterizedTest
  @CsvSource({"--http1.1, HTTP/1.1 200, HTTP_1_1", "--http2, HTTP/2 200, HTTP_1_1"})
  void protocol_isChosenByAlpn(String version, String status, String upstream) throws Exception {
    try (FileRig rig = new FileRig(folder, TLS)) {
      String response =
          rig.curl("/a?b", version, "--cacert", "authority.pem", "-H", "Origin: " + FileRig.PAGE);

      assertThat(response)
          .startsWith(status)
          .containsIgnoringCase("access-control-allow-origin: " + FileRig.PAGE)
          .contains("GET /a?b " + upstream, "x-forwarded-proto: https", "proto=https");
    }
  }

  @Test
  void cleartext_getsNoResponse() throws Exception {
    try (FileRig rig = new FileRig(folder, TLS)) {
      String raw = Rig.raw(rig.port(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThat(raw).doesNotContain("HTTP/1.1 200");
    }
  }

  @Test
  void oldVersions_areRefused() throws Exception {
    try (FileRig rig = new FileRig(folder, TLS)) {
      assertThat(
              rig.curl("/", "-k", "--tlsv1.0", "--tls-max", "1.1", "--ciphers", "ALL:@SECLEVEL=0"))
          .startsWith("curl: (35)");
      assertThat(rig.curl("/", "-k", "--tls-max", "1.2")).startsWith("HTTP/");
    }
  }

  @Test
  void handshake_hasATime() throws Exception {
    try (FileRig rig = new FileRig(folder, SHORT + TLS);
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), rig.port());
        Socket slow = new Socket(InetAddress.getLoopbackAddress(), rig.port())) {
      silent.setSoTimeout(15_000);
      slow.setSoTimeout(15_000);
      slow.getOutputStream().write(new byte[] {0x16, 3, 1, 2, 0, 1});

      assertThat(silent.getInputStream().read()).isEqualTo(-1);
      slow.getInputStream().readAllBytes();
    }
  }

  @Test
  void head_hasATimeBehindTls() throws Exception {
    try (FileRig rig = new FileRig(folder, SHORT + TLS);
        SSLSocket socket =
            (SSLSocket) context().getSocketFactory().createSocket("localhost", rig.port())) {
      socket.setSoTimeout(15_000);
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHost".getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void pipelinedAndLargeRequests_areServed() throws Exception {
    try (FileRig rig = new FileRig(folder, TLS);
        SSLSocket socket =
            (SSLSocket) context().getSocketFactory().createSocket("localhost", rig.port())) {
      rig.upstreamDoes(
          request ->
              request.body().onSuccess(body -> request.response().end("<" + body.length() + ">")));
      socket.setSoTimeout(15_000);
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 99; i++) {
        requests.append("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      }
      requests
          .append(
              "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 300000\r\n\r\n")
          .append("x".repeat(300_000));
      socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

      assertThat(all.split("HTTP/1.1 200", -1)).hasSize(101);
      assertThat(all).contains("<300000>");
    }
  }

  @Test
  void renegotiation_endsTheConnection() throws Exception {
    try (FileRig rig = new FileRig(folder, TLS)) {
      SSLContext context = SSLContext.getInstance("TLSv1.2");
      context.init(null, trust(), new SecureRandom());
      try (SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket("localhost", rig.port())) {
        socket.setSoTimeout(15_000);
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        socket.startHandshake();
        InputStream in = socket.getInputStream();
        socket
            .getOutputStream()
            .write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(in.read()).isEqualTo('H');

        assertThatThrownBy(
                () -> {
                  for (int i = 0; i < 3; i++) {
                    socket.startHandshake();
                    socket
                        .getOutputStream()
                        .write(
                            "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                    while (in.read() >= 0) {
                      // Until it ends.
                    }
                    throw new IOException("ended");
                  }
                })
            .isInstanceOf(IOException.class)
            .isNotInstanceOf(SocketTimeoutException.class);
      }
    }
  }

  @Test
  void changedFiles_areUsed_andNoRequestFails() throws Exception {
    try (FileRig rig = new FileRig(folder, TLS)) {
      AtomicBoolean stop = new AtomicBoolean();
      ExecutorService threads = Executors.newFixedThreadPool(2);
      List<Future<Integer>> loads = new ArrayList<>();
      for (String version : List.of("HTTP_1_1", "HTTP_2")) {
        loads.add(threads.submit(() -> load(rig, HttpClient.Version.valueOf(version), stop)));
      }
      for (int i = 0; i < 3; i++) {
        X509Certificate next = authority.issue("server");
        awaitSerial(rig, next);
      }
      // A certificate without its key, and no certificate: what was there stays.
      X509Certificate last = certificate(rig);
      Files.copy(
          folder.resolve("authority.pem"),
          folder.resolve("server.pem"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      Thread.sleep(2000);
      Files.writeString(folder.resolve("server-key.pem"), "no key");
      Thread.sleep(2000);
      assertThat(certificate(rig)).isEqualTo(last);
      X509Certificate next = authority.issue("server");
      awaitSerial(rig, next);
      stop.set(true);
      for (Future<Integer> load : loads) {
        assertThat(load.get()).isPositive();
      }
      threads.shutdown();
    }
  }

  private void awaitSerial(FileRig rig, X509Certificate wanted) throws Exception {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!certificate(rig).equals(wanted)) {
      assertThat(System.nanoTime()).as("the new certificate is not shown").isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  private X509Certificate certificate(FileRig rig) throws Exception {
    try (SSLSocket socket =
        (SSLSocket) context().getSocketFactory().createSocket("localhost", rig.port())) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  /** Each tenth request on a connection of its own. */
  private int load(FileRig rig, HttpClient.Version version, AtomicBoolean stop) throws Exception {
    int done = 0;
    HttpClient client = client(version);
    while (!stop.get()) {
      if (done % 10 == 9) {
        client = client(version);
      }
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create(rig.url("/").replace("127.0.0.1", "localhost")))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.version()).isEqualTo(version);
      done++;
    }
    return done;
  }

  private HttpClient client(HttpClient.Version version) throws Exception {
    return HttpClient.newBuilder().version(version).sslContext(context()).build();
  }

  /** As other programs write them: RFC 7468 lets text stand around the blocks. */
  @Test
  void whatElseTheFilesSay_isLetAlone() throws Exception {
    String certificate = Files.readString(folder.resolve("server.pem"));
    String key = Files.readString(folder.resolve("server-key.pem"));
    Files.writeString(
        folder.resolve("both.pem"),
        "\ufeffBag Attributes\r\n    friendlyName: a - b\r\n"
            + key.replace("\n", "\r\n")
            + "subject=CN = server\n"
            + certificate);
    try (FileRig rig = new FileRig(folder, "tls: { certificate: both.pem, key: both.pem }\n")) {
      assertThat(rig.curl("/", "--cacert", "authority.pem")).startsWith("HTTP/");
      Files.writeString(
          folder.resolve("both.pem"), key + certificate + certificate.substring(0, 200));
      Thread.sleep(2000);
      assertThat(rig.curl("/", "--cacert", "authority.pem")).startsWith("HTTP/");
    }
    assertThatThrownBy(() -> new FileRig(folder, "tls: { certificate: both.pem, key: both.pem }\n"))
        .hasMessageContaining("has a certificate that is cut off");
  }

  @Test
  void whatCannotBeUsed_isSaidAtTheStart() throws Exception {
    Certificates other = new Certificates(folder, "other");
    other.issue("stranger");
    assertThatThrownBy(
            () -> new FileRig(folder, "tls: { certificate: server.pem, key: stranger-key.pem }\n"))
        .hasMessageContaining("is not the key of the certificate");
    assertThatThrownBy(
            () -> new FileRig(folder, "tls: { certificate: gone.pem, key: server-key.pem }\n"))
        .hasMessageEndingWith("gone.pem is not there");
    assertThatThrownBy(
            () ->
                new FileRig(folder, "tls: { certificate: server-key.pem, key: server-key.pem }\n"))
        .hasMessageContaining("has no certificate in PEM");
    assertThatThrownBy(
            () -> new FileRig(folder, "tls: { certificate: server.pem, key: server.pem }\n"))
        .hasMessageContaining("is not a private key in PEM");
  }

  private SSLContext context() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust(), new SecureRandom());
    return context;
  }

  private javax.net.ssl.TrustManager[] trust() throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream stream = Files.newInputStream(authority.ca())) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(stream));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
