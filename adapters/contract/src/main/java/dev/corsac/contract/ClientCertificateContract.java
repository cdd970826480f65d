package dev.corsac.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.corsac.Cors;
import dev.corsac.CorsPolicy;
import dev.corsac.Enforcement;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A certificate of the client is a credential under {@link Enforcement}: what pages make a server
 * do over TLS that asks clients for a certificate, with clients that show one and clients that do
 * not.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ClientCertificateContract {
  private static final Map<String, CorsPolicy> POLICIES =
      Map.of(
          "anonymous", policy().build(),
          "any", CorsPolicy.builder().allowAnyOrigin().enforce(Enforcement.UNSAFE).build(),
          "credentials", policy().allowCredentials().build(),
          "trusted", policy().trustOrigins("https://page.example").build(),
          "not-enforced", policy().enforce(Enforcement.OFF).build());

  private final AtomicInteger calls = new AtomicInteger();
  private volatile Cors current = Cors.off();
  private Server server = new Server(0, () -> {});
  private HttpClient certified = HttpClient.newHttpClient();
  private HttpClient anonymous = HttpClient.newHttpClient();

  /** For a subclass. */
  protected ClientCertificateContract() {}

  /**
   * Starts a server as {@link AdapterContract#start} does, but with TLS that asks a client for a
   * certificate and also serves one that has none.
   */
  protected abstract Server start(Cors cors, Application application, TlsKeys keys)
      throws Exception;

  /** What the server speaks; HTTP/1.1 unless it is overridden. */
  protected Set<Protocol> protocols() {
    return EnumSet.of(Protocol.HTTP_1_1);
  }

  @BeforeAll
  final void startServer(@TempDir Path folder) throws Exception {
    TlsKeys keys = TlsKeys.create(folder);
    server = start(request -> current.decide(request), new Application(), keys);
    certified = HttpClient.newBuilder().sslContext(keys.context()).build();
    anonymous = HttpClient.newBuilder().sslContext(keys.anonymous()).build();
  }

  @AfterAll
  final void stopServer() throws Exception {
    server.stop().run();
  }

  private static CorsPolicy.Builder policy() {
    return CorsPolicy.builder().allowOrigins("https://page.example").enforce(Enforcement.UNSAFE);
  }

  @ParameterizedTest
  @CsvSource({
    "anonymous, page, true, 403",
    "anonymous, page, false, 200",
    "anonymous, none, true, 200",
    "anonymous, evil, false, 403",
    "any, evil, true, 403",
    "any, evil, false, 200",
    "credentials, page, true, 200",
    "credentials, evil, true, 403",
    "trusted, page, true, 200",
    "not-enforced, page, true, 200"
  })
  final void certificate_isACredential(String policy, String page, boolean certificate, int status)
      throws Exception {
    current = POLICIES.getOrDefault(policy, CorsPolicy.builder().build());
    HttpClient client = certificate ? certified : anonymous;
    for (Protocol protocol : protocols()) {
      HttpClient.Version version =
          protocol == Protocol.HTTP_2 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
      String call = "certificate-" + calls.incrementAndGet();
      HttpRequest.Builder request =
          HttpRequest.newBuilder(to("/run/" + call))
              .version(version)
              .POST(BodyPublishers.ofString("x"));
      if (!page.equals("none")) {
        request.header("Origin", "https://" + page + ".example");
      }
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());

      assertEquals(version, response.version());
      assertEquals(status, response.statusCode(), () -> protocol + " " + response.headers());
      HttpRequest count = HttpRequest.newBuilder(to("/calls/" + call)).version(version).build();
      assertEquals(status == 200 ? "1" : "0", client.send(count, BodyHandlers.ofString()).body());
    }
  }

  private URI to(String path) {
    return URI.create("https://127.0.0.1:" + server.port() + path);
  }
}
