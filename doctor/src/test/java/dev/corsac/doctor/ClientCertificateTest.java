package dev.corsac.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.http.HttpTransport;
import dev.corsac.doctor.problem.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with mutual TLS: which a browser never satisfies with a preflight. */
class ClientCertificateTest {
  /** TLS 1.2 has no alert of its own for it: RFC 5246, 7.4.6. */
  @Test
  void aDemandedCertificateIsNamed(@TempDir Path folder) throws Exception {
    Certificate certificate = new Certificate(folder);
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      SSLContext context = certificate.context();
      Thread thread = new Thread(() -> demand(server, context), "mutual-tls");
      thread.setDaemon(true);
      thread.start();
      Diagnosis diagnosis =
          Doctor.create()
              .transport(HttpTransport.create().tls(certificate.trusting().getSocketFactory()))
              .examine(
                  Page.of("https://app.example.com"),
                  PageRequest.fetch("https://localhost:" + server.getLocalPort() + "/")
                      .method("PUT"));

      assertThat(diagnosis.problem()).as("%s", diagnosis).contains(Problem.CLIENT_CERTIFICATE);
      assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNREACHABLE);
    }
  }

  /** Refuses whoever has no certificate, and stays until the alert has been read. */
  private static void demand(ServerSocket server, SSLContext context) {
    while (!server.isClosed()) {
      try (Socket plain = server.accept()) {
        SSLSocket secure =
            (SSLSocket)
                context.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), false);
        secure.setUseClientMode(false);
        secure.setNeedClientAuth(true);
        secure.setEnabledProtocols(new String[] {"TLSv1.3"});
        try {
          secure.startHandshake();
        } catch (IOException refused) {
          plain.getInputStream().readAllBytes();
        }
      } catch (IOException closed) {
        return;
      }
    }
  }
}
