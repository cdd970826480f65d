package dev.corsac.attacks.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ./corsac gateway} in a JVM of its own. */
public final class CorsacProcess implements Proxy {
  /** After the host, which may be an IPv6 address. */
  private static final Pattern PORT = Pattern.compile("^listening on \\S*:([0-9]+)(?= |$)");

  private final Program program;
  private final int port;

  CorsacProcess(int upstreamPort) {
    this(GatewayConfig.yaml(0, upstreamPort), "");
  }

  public CorsacProcess(String config, String javaOptions) {
    Path folder = Program.newFolder();
    try {
      Files.writeString(folder.resolve("corsac.yaml"), config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    program =
        new Program(
            folder,
            Map.of("CORSAC_JAVA_OPTS", javaOptions),
            List.of(script().toString(), "gateway", "--config", "corsac.yaml"));
    String line = program.awaitLine("listening on ");
    Matcher said = PORT.matcher(line);
    if (!said.find()) {
      throw new IllegalStateException("no port in: " + line);
    }
    port = Integer.parseInt(said.group(1));
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
