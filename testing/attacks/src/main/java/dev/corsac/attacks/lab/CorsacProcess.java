package dev.corsac.attacks.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ./corsac gateway} in a JVM of its own. */
public final class CorsacProcess implements Proxy {
  /** Its configuration's file. */
  public static final String CONFIG = "corsac.yaml";

  /** After the host, which may be an IPv6 address. */
  private static final Pattern PORT =
      Pattern.compile("^(?:listening|admin) on \\S*:([0-9]+)(?=[ /]|$)");

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Path folder;
  private final Program program;
  private final int port;
  private final int adminPort;

  CorsacProcess(int upstreamPort) {
    this(GatewayConfig.yaml(0, upstreamPort), "");
  }

  public CorsacProcess(String config, String javaOptions) {
    this(Map.of(CONFIG, config), javaOptions);
  }

  /**
   * Starts it.
   *
   * @param files the texts of the files in its folder, {@value #CONFIG} among them
   */
  public CorsacProcess(Map<String, String> files, String javaOptions) {
    folder = Program.newFolder();
    files.forEach(this::write);
    program =
        new Program(
            folder,
            Map.of("CORSAC_JAVA_OPTS", javaOptions),
            List.of(script().toString(), "gateway", "--config", CONFIG));
    port = port(program.awaitLine("listening on "));
    boolean admin = files.getOrDefault(CONFIG, "").contains("\nadmin: ");
    adminPort = admin ? port(program.awaitLine("admin on ")) : 0;
  }

  private static int port(String line) {
    Matcher said = PORT.matcher(line);
    if (!said.find()) {
      throw new IllegalStateException("no port in: " + line);
    }
    return Integer.parseInt(said.group(1));
  }

  /** Writes a file that the gateway follows, in place. */
  public void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Here or above. */
  private static Path script() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isExecutable(at.resolve("corsac"))) {
        return at.resolve("corsac");
      }
    }
    throw new Program.Missing("./corsac was not found here or above.");
  }

  public long pid() {
    return program.pid();
  }

  /** How long its log is. */
  public long logBytes() {
    try {
      return Files.size(folder.resolve("stderr.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many series its metrics have; 0 if it has no admin address. */
  public long series() {
    if (adminPort == 0) {
      return 0;
    }
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + "/metrics")).build();
      String metrics = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return metrics.lines().filter(line -> !line.startsWith("#")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public boolean http2() {
    return true;
  }

  @Override
  public void close() {
    program.close();
  }
}
