package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.config.CorsacConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** An https upstream is who its certificate says, or it is not spoken to. */
@Isolated("system properties are the JVM's")
class TlsUpstreamTest {
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

  @TempDir private Path folder = Path.of("");

  @Test
  void certificate_isChecked() throws Exception {
    Path store = folder.resolve("localhost.p12");
    run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        "upstream",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "SAN=dns:localhost",
        "-validity",
        "2",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString(),
        "-storepass",
        "changeit");
    Vertx vertx = Vertx.vertx();
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(
                        new PfxOptions().setPath(store.toString()).setPassword("changeit")))
            .requestHandler(
                request -> request.response().end("secret for " + request.getHeader("Host")))
            .listen(0, "127.0.0.1")
            .await();
    try {
      int port = server.actualPort();
      assertThat(answer("https://localhost:" + port))
          .startsWith("HTTP/1.1 502")
          .contains("its certificate or its TLS is not accepted")
          .containsIgnoringCase("Access-Control-Allow-Origin: " + Rig.PAGE);

      System.setProperty(TRUST_STORE, store.toString());
      System.setProperty(TRUST_STORE_PASSWORD, "changeit");
      assertThat(answer("https://localhost:" + port))
          .startsWith("HTTP/1.1 200")
          .endsWith("secret for localhost:" + port);
      assertThat(answer("https://127.0.0.1:" + port))
          .as("another name than the certificate's")
          .startsWith("HTTP/1.1 502");
    } finally {
      System.clearProperty(TRUST_STORE);
      System.clearProperty(TRUST_STORE_PASSWORD);
      vertx.close().await();
    }
  }

  private static String answer(String upstream) {
    // The first handshake of a JVM may take its time.
    CorsacConfig config =
        Rig.config(
            URI.create(upstream), Rig.policy().build(), Long.MAX_VALUE, Duration.ofSeconds(20));
    try (Gateway gateway = Rig.start(config)) {
      return Rig.raw(
          gateway.port(),
          String.join(
              "\r\n",
              List.of(
                  "GET / HTTP/1.1",
                  "Host: a",
                  "Origin: " + Rig.PAGE,
                  "Connection: close",
                  "",
                  "")));
    }
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
