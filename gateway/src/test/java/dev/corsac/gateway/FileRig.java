package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.config.ConfigLoader;
import dev.corsac.config.ConfigResult;
import dev.corsac.config.ConfigWatcher;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A gateway of a file, an upstream that tells what it got, and curl. */
final class FileRig implements AutoCloseable {
  static final String PAGE = "https://page.example";

  private final Path folder;
  private final boolean tls;
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer upstream;
  private final Gateway gateway;
  private final ConfigWatcher watcher;
  private volatile Consumer<HttpServerRequest> behaviour = FileRig::tellHeaders;

  /**
   * Starts with a file that also listens on a free port, allows {@link #PAGE} and leads to the
   * upstream. {@code $UPSTREAM} in the text is the upstream's address.
   */
  FileRig(Path folder, String yaml) throws IOException {
    this(folder, yaml, new HttpServerOptions());
  }

  FileRig(Path folder, String yaml, HttpServerOptions options) throws IOException {
    this.folder = folder;
    this.tls = options.isSsl();
    this.upstream =
        vertx
            .createHttpServer(options)
            .requestHandler(request -> behaviour.accept(request))
            .listen(0, "127.0.0.1")
            .await();
    write(yaml);
    ConfigResult result = ConfigLoader.load(file(), Map.of());
    assertThat(result.config()).as("%s", result.findings()).isPresent();
    this.gateway = Gateway.start(result.config().orElseThrow());
    this.watcher = gateway.follow(file(), Map.of());
  }

  private static void tellHeaders(HttpServerRequest request) {
    StringBuilder told =
        new StringBuilder(request.method() + " " + request.uri() + " " + request.version() + "\n");
    request
        .headers()
        .forEach(
            (name, value) ->
                told.append(name.toLowerCase(java.util.Locale.ROOT))
                    .append(": ")
                    .append(value)
                    .append('\n'));
    request.response().end(told.toString());
  }

  /** Writes another file, which the gateway takes over soon. */
  void write(String yaml) throws IOException {
    String head =
        yaml.contains("cors:\n")
            ? ""
            : "cors: { allow_origins: ["
                + PAGE
                + "], allow_headers: [X-API-Key, Authorization] }\n";
    String leads = yaml.startsWith("upstream: ") ? "" : "upstream: " + upstreamUrl() + "\n";
    Files.writeString(
        file(),
        "listen: 127.0.0.1:0\n"
            + (yaml.startsWith("timeouts: ") ? "" : "timeouts: { drain: 0s, request: 10s }\n")
            + head
            + leads
            + yaml.replace("$UPSTREAM", upstreamUrl()));
  }

  private Path file() {
    return folder.resolve("corsac.yaml");
  }

  FileRig upstreamDoes(Consumer<HttpServerRequest> behaviour) {
    this.behaviour = behaviour;
    return this;
  }

  String upstreamUrl() {
    return (tls ? "https" : "http") + "://127.0.0.1:" + upstream.actualPort();
  }

  Vertx vertx() {
    return vertx;
  }

  int port() {
    return gateway.port();
  }

  String adminUrl() {
    return gateway.adminUrl().orElseThrow();
  }

  int adminPort() {
    return gateway.adminPort().orElseThrow();
  }

  String url(String path) {
    return gateway.url() + path;
  }

  /** The whole response to a GET of a path, or what curl says instead. */
  String curl(String path, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "-i", "--max-time", "20"));
    command.add("--path-as-is");
    command.addAll(List.of(arguments));
    command.add(url(path));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  @Override
  public void close() {
    watcher.close();
    gateway.close();
    vertx.close().await();
  }
}
