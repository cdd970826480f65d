package dev.corsac.attacks.lab;

import dev.corsac.config.ConfigLoader;
import dev.corsac.config.ConfigResult;
import dev.corsac.gateway.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Corsac's gateway in this program, by its public start. */
public final class GatewayInProcess implements Proxy {
  private final Gateway gateway;

  GatewayInProcess(int upstreamPort) {
    this(GatewayConfig.yaml(0, upstreamPort));
  }

  public GatewayInProcess(String config) {
    try {
      Path file = Files.createTempFile("corsac-attacks", ".yaml");
      try {
        Files.writeString(file, config);
        ConfigResult result = ConfigLoader.load(file, Map.of());
        gateway =
            Gateway.start(
                result
                    .config()
                    .orElseThrow(() -> new IllegalStateException(result.findings().toString())));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int port() {
    return gateway.port();
  }

  @Override
  public boolean http2() {
    return true;
  }

  @Override
  public void close() {
    gateway.close();
  }
}
