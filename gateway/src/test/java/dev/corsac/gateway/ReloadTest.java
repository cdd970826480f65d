package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.config.ConfigLoader;
import dev.corsac.config.ConfigWatcher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("the error stream is the JVM's")
class ReloadTest {
  private static final String BEFORE = "https://before.example";
  private static final String AFTER = "https://after.example";

  @TempDir private Path folder = Path.of("");

  private final Rig rig = new Rig();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream usualErr = System.err;

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void close() {
    System.setErr(usualErr);
    rig.close();
  }

  @Test
  void changedFile_servesWithinASecond_andNoRequestFails() throws Exception {
    Path file = write(yaml(BEFORE));
    try (Gateway gateway = start(file);
        ConfigWatcher watcher = gateway.follow(file, Map.of())) {
      AtomicBoolean stop = new AtomicBoolean();
      AtomicInteger served = new AtomicInteger();
      ExecutorService load = Executors.newFixedThreadPool(4);
      List<Future<?>> loads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        loads.add(
            load.submit(
                () -> {
                  while (!stop.get()) {
                    assertThat(get(gateway, BEFORE).statusCode()).isEqualTo(200);
                    served.incrementAndGet();
                  }
                  return null;
                }));
      }
      for (int i = 0; i < 3; i++) {
        replace(file, yaml(AFTER));
        serves(gateway, AFTER);
        Files.writeString(file, yaml(BEFORE));
        serves(gateway, BEFORE);
      }
      stop.set(true);
      for (Future<?> each : loads) {
        each.get();
      }
      load.shutdown();
      assertThat(served.get()).isGreaterThan(50);
      watcher.reload();
      serves(gateway, BEFORE);
    }
  }

  @Test
  void brokenFile_keepsTheOldPolicy_andNamesLineAndColumn() throws Exception {
    Path file = write(yaml(BEFORE));
    try (Gateway gateway = start(file);
        ConfigWatcher watcher = gateway.follow(file, Map.of())) {
      assertThat(watcher).isNotNull();
      replace(file, yaml("https://before.example/"));
      logs("corsac.yaml:4:20");
      logs("the policy from before stays");
      serves(gateway, BEFORE);

      Files.delete(file);
      logs("is gone; the policy from before stays");
      serves(gateway, BEFORE);

      Files.writeString(file, yaml(AFTER));
      serves(gateway, AFTER);
      logs("is there again");
    }
  }

  @Test
  void changedAddress_takesARestart() throws Exception {
    Path file = write(yaml(BEFORE));
    try (Gateway gateway = start(file)) {
      Files.writeString(file, yaml(AFTER).replace("127.0.0.1:0", "127.0.0.1:1"));
      gateway.reload(ConfigLoader.load(file, Map.of()).config().orElseThrow());
      logs("listen: stays 127.0.0.1:0 until a restart");
      serves(gateway, AFTER);
    }
  }

  private String yaml(String origin) {
    return """
        listen: 127.0.0.1:0
        upstream: %s
        cors:
          allow_origins: [ %s ]
        """
        .formatted(rig.upstreamUrl(), origin);
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("corsac.yaml"), yaml);
  }

  /** As editors do that never leave half a file. */
  private void replace(Path file, String yaml) throws IOException {
    Path next = Files.writeString(folder.resolve("next"), yaml);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Gateway start(Path file) throws IOException {
    return Gateway.start(ConfigLoader.load(file, Map.of()).config().orElseThrow());
  }

  private HttpResponse<String> get(Gateway gateway, String origin) throws Exception {
    return client.send(
        HttpRequest.newBuilder(java.net.URI.create(gateway.url()))
            .header("Origin", origin)
            .timeout(Duration.ofSeconds(5))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private void serves(Gateway gateway, String origin) throws Exception {
    long deadline = System.nanoTime() + Rig.ENOUGH.toNanos();
    while (get(gateway, origin).headers().firstValue("access-control-allow-origin").isEmpty()) {
      assertThat(System.nanoTime()).as(origin).isLessThan(deadline);
      Thread.sleep(10);
    }
  }

  private void logs(String text) throws Exception {
    long deadline = System.nanoTime() + Rig.ENOUGH.toNanos();
    while (!log.toString(StandardCharsets.UTF_8).contains(text)) {
      assertThat(System.nanoTime()).as(log.toString(StandardCharsets.UTF_8)).isLessThan(deadline);
      Thread.sleep(10);
    }
  }
}
