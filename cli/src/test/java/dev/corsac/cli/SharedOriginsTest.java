package dev.corsac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.corsac.config.ConfigLoader;
import dev.corsac.config.CorsacConfig;
import dev.corsac.gateway.Gateway;
import dev.corsac.postgres.Postgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * Three gateways share the origins of one PostgreSQL, which is killed under load: once, or for
 * {@code -Dcorsac.origins.minutes} again and again.
 */
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class SharedOriginsTest {
  private static final String LASTING = "https://lasting.example";
  private static final String NEW = "https://new.example";
  private static final int MINUTES = Integer.getInteger("corsac.origins.minutes", 0);
  private static final long LONGEST_NANOS = Duration.ofSeconds(60).toNanos();

  @TempDir private Path folder = Path.of("replaced by JUnit");
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Gateway> gateways = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private Postgres postgres;

  @SuppressWarnings("NullAway.Init")
  private HttpServer upstream;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    postgres = Postgres.start();
    upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    upstream.createContext(
        "/",
        exchange -> {
          byte[] body = "ok".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    upstream.start();
  }

  @AfterEach
  void stop() throws IOException {
    gateways.forEach(Gateway::close);
    upstream.stop(0);
    postgres.close();
  }

  private Gateway gateway(int number) throws IOException {
    Path own = Files.createDirectories(folder.resolve("gateway" + number));
    Path file = own.resolve("corsac.yaml");
    Files.writeString(
        file,
        """
        listen: 127.0.0.1:0
        admin: 127.0.0.1:0
        upstream: http://127.0.0.1:%d
        cors:
          allow_origins_from:
            - database: { url: "%s", user: postgres, policy: shop }
          allow_credentials: true
        """
            .formatted(upstream.getAddress().getPort(), postgres.url()));
    CorsacConfig config = ConfigLoader.load(file, Map.of()).config().orElseThrow();
    return Gateway.start(config);
  }

  private void origins(String command, String origin) {
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said);
    String[] arguments = {
      "origins",
      command,
      origin,
      "--store",
      postgres.url(),
      "--user",
      "postgres",
      "--policy",
      "shop"
    };
    assertThat(Corsac.run(writer, writer, arguments)).as("%s", said).isZero();
  }

  private HttpResponse<String> get(String url, String origin)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).header("Origin", origin).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** What an operator asks, who is no page. */
  private HttpResponse<String> admin(Gateway gateway, String path)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(gateway.adminUrl().orElseThrow() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private boolean allows(Gateway gateway, String origin) throws IOException, InterruptedException {
    return get(gateway.url() + "/", origin)
        .headers()
        .firstValue("Access-Control-Allow-Origin")
        .map(origin::equals)
        .orElse(false);
  }

  private boolean all(boolean allow, String origin) throws IOException, InterruptedException {
    for (Gateway gateway : gateways) {
      if (allows(gateway, origin) != allow) {
        return false;
      }
    }
    return true;
  }

  private static void eventually(String what, Callable<Boolean> condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      assertThat(System.nanoTime() - start).as(what).isLessThan(LONGEST_NANOS);
      Thread.sleep(5);
    }
    System.out.println(what + " after " + (System.nanoTime() - start) / 1_000_000 + " ms");
  }

  /** Asks the admin address, which refuses pages of other origins. */
  private String ask(Gateway gateway, String path) throws IOException, InterruptedException {
    URI url = URI.create(gateway.adminUrl().orElseThrow() + path);
    HttpResponse<String> response =
        client.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  private String readiness(Gateway gateway) throws IOException, InterruptedException {
    HttpResponse<String> response = admin(gateway, "/health/ready");
    return response.statusCode() + " " + response.body();
  }

  @Test
  void shareOneDatabaseAndOutliveIt() throws Exception {
    origins("add", LASTING);
    for (int i = 0; i < 3; i++) {
      gateways.add(gateway(i));
    }
    eventually("all allow the lasting one", () -> all(true, LASTING));
    origins("add", NEW);
    eventually("all allow the new one", () -> all(true, NEW));
    origins("remove", NEW);
    eventually("all refuse the removed one", () -> all(false, NEW));

    AtomicBoolean loading = new AtomicBoolean(true);
    AtomicInteger requests = new AtomicInteger();
    AtomicReference<String> failure = new AtomicReference<>();
    Gateway steady = gateways.get(0);
    Thread load =
        new Thread(
            () -> {
              while (loading.get() && requests.get() < 10_000_000) {
                try {
                  HttpResponse<String> response = get(steady.url() + "/", LASTING);
                  if (response.statusCode() != 200
                      || response.headers().firstValue("Access-Control-Allow-Origin").isEmpty()) {
                    failure.compareAndSet(null, response.statusCode() + " " + response.headers());
                  }
                  requests.incrementAndGet();
                } catch (IOException | InterruptedException e) {
                  failure.compareAndSet(null, e.toString());
                }
              }
            });
    load.start();
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
    int round = 0;
    try {
      do {
        killAndResume(steady, round++);
        assertThat(failure.get()).isNull();
      } while (System.nanoTime() - end < 0);
    } finally {
      loading.set(false);
      load.join();
    }
    assertThat(failure.get()).isNull();
    assertThat(requests.get()).isPositive();
    assertThat(readiness(steady)).contains("\"current\"");
    System.out.println(requests.get() + " requests over " + round + " kills, none failed");
  }

  private void killAndResume(Gateway steady, int round) throws Exception {
    String before = "https://before" + round + ".example";
    String after = "https://after" + round + ".example";
    origins("add", before);
    // At once: what was added may be in nobody's snapshot.
    postgres.kill();
    try {
      eventually("readiness says that it is stale", () -> readiness(steady).contains("\"stale\""));
      assertThat(readiness(steady)).startsWith("200 ");
      assertThat(ask(steady, "/metrics"))
          .contains("corsac_origins_current{from=\"database jdbc:postgresql://127.0.0.1");

      gateways.remove(1).close();
      Gateway restarted = gateway(1);
      gateways.add(1, restarted);
      assertThat(allows(restarted, LASTING)).isTrue();
      assertThat(allows(restarted, NEW)).isFalse();
      assertThat(readiness(restarted)).startsWith("200 ").contains("\"stale\"");

      if (round == 0) {
        Gateway without = gateway(9);
        gateways.add(without);
        assertThat(allows(without, LASTING)).isFalse();
        assertThat(readiness(without)).startsWith("503 ").contains("\"unread\"");
      }
    } finally {
      postgres.resume();
    }
    origins("add", after);
    eventually("all catch up", () -> all(true, after) && all(true, before) && all(true, LASTING));
    origins("remove", after);
    eventually("all refuse what was removed", () -> all(false, after));
  }
}
