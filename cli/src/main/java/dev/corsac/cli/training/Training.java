package dev.corsac.cli.training;

import dev.corsac.cli.Corsac;
import dev.corsac.config.ConfigLoader;
import dev.corsac.config.ConfigWatcher;
import dev.corsac.config.CorsacConfig;
import dev.corsac.demo.Demo;
import dev.corsac.demo.Ports;
import dev.corsac.gateway.Gateway;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Does what users do most, so that the JVM can list the classes of it for an archive of shared
 * classes. The start script runs it once, beside the first command.
 *
 * <p>It listens on the loopback address, on free ports, and sends a few requests there. Nothing
 * else is asked, and nothing is left behind.
 */
public final class Training {
  private static final String CONFIG =
      """
      listen: 127.0.0.1:0
      admin: 127.0.0.1:0
      upstream: http://127.0.0.1:9
      hosts: [127.0.0.1]
      cors:
        allow_origins: [https://example.com, "https://*.example.com", "http://localhost:*"]
        allow_credentials: true
        allow_methods: [GET, POST, PUT, DELETE]
        allow_headers: [Content-Type, Authorization]
        expose_headers: [X-Total-Count]
        max_age: 3600
      routes:
        - path: /public/**
          cors: { allow_origins: ["*"], enforce: unsafe }
      profiles:
        development:
          cors: { allow_origins: ["http://localhost:*"], explain: true }
      timeouts: { drain: 0s }
      """;

  private Training() {}

  /** Runs once, and ends with 0. */
  public static void main(String... args) throws IOException {
    Path folder = Files.createTempDirectory("corsac-training");
    Path file = folder.resolve("corsac.yaml");
    try {
      Files.writeString(file, CONFIG);
      commands(file);
      gateway(file);
      demo();
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
    System.exit(0);
  }

  private static void commands(Path file) {
    String name = file.toString();
    Corsac.run("--version");
    Corsac.run("lint", name);
    Corsac.run("lint", name, "--format", "json");
    Corsac.run("diff", name, name);
    Corsac.run("rule", "origin-path");
    Corsac.run("explain", "No 'Access-Control-Allow-Origin' header is present.");
    Corsac.run("gateway", "--help");
    Corsac.run("demo", "--help");
  }

  private static void gateway(Path file) throws IOException {
    CorsacConfig config = ConfigLoader.load(file, Map.of()).config().orElseThrow();
    try (Gateway gateway = Gateway.start(config);
        ConfigWatcher watcher = gateway.follow(file, Map.of())) {
      String url = gateway.url() + "/data";
      Corsac.run("doctor", url, "--origin", "https://example.com", "--method", "PUT");
      get(url);
      get(gateway.adminUrl().orElseThrow() + "/health/ready");
      get(gateway.adminUrl().orElseThrow() + "/metrics");
      watcher.reload();
    }
  }

  private static void demo() throws IOException {
    try (Demo demo = Demo.start(new Ports(0, 0, 0, 0))) {
      get(demo.api() + "/api/data");
      get(demo.allowedPage() + "/");
    }
  }

  private static void get(String url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setConnectTimeout(5000);
    connection.setReadTimeout(5000);
    int unused = connection.getResponseCode();
    connection.disconnect();
  }
}
