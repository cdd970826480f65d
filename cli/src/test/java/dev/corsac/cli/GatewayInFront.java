package dev.corsac.cli;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.corsac.config.ConfigLoader;
import dev.corsac.config.CorsacConfig;
import dev.corsac.gateway.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A server, and gateways in front of it, one for each policy. */
final class GatewayInFront implements AutoCloseable {
  private final HttpServer upstream;
  private final Map<String, Gateway> gateways = new HashMap<>();

  /** Starts a server, and no gateway yet. */
  GatewayInFront(HttpHandler server) {
    try {
      upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    upstream.createContext("/", server);
    upstream.start();
  }

  /** Where the gateway with this policy serves; it starts with the first that asks. */
  String url(String policy) {
    return gateways.computeIfAbsent(policy, this::start).url();
  }

  private Gateway start(String policy) {
    String yaml =
        policy
            + "\nlisten: 127.0.0.1:0\nupstream: http://127.0.0.1:"
            + upstream.getAddress().getPort()
            + "\n";
    try {
      Path file = Files.writeString(Files.createTempFile("corsac", ".yaml"), yaml);
      CorsacConfig config = ConfigLoader.load(file, Map.of()).config().orElseThrow();
      Files.delete(file);
      return Gateway.start(config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    gateways.values().forEach(Gateway::close);
    upstream.stop(0);
  }
}
