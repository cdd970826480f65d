package dev.corsac.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.corsac.browser.HttpTransport;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server with mutual TLS: which a browser never satisfies with a preflight. */
class ClientCertificateTest {
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aDemandedCertificateIsNamed(String version, @TempDir Path folder) throws Exception {
    Certificate certificate = new Certificate(folder);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(demanding(certificate.context(), version));
    server.start();
    Diagnosis diagnosis =
        Doctor.create()
            .transport(HttpTransport.create().tls(certificate.trusting().getSocketFactory()))
            .examine(
                Page.of("https://app.example.com"),
                PageRequest.fetch("https://localhost:" + server.getAddress().getPort() + "/")
                    .method("PUT"));
    server.stop(0);

    assertThat(diagnosis.problem()).as("%s", diagnosis).contains(Problem.CLIENT_CERTIFICATE);
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNREACHABLE);
  }

  private static HttpsConfigurator demanding(SSLContext context, String version) {
    return new HttpsConfigurator(context) {
      @Override
      public void configure(HttpsParameters parameters) {
        SSLParameters all = context.getDefaultSSLParameters();
        all.setNeedClientAuth(true);
        all.setProtocols(new String[] {version});
        parameters.setSSLParameters(all);
      }
    };
  }
}
