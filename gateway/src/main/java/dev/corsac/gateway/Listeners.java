package dev.corsac.gateway;

import dev.corsac.config.CorsacConfig;
import dev.corsac.config.HostPort;
import dev.corsac.gateway.admin.AdminServer;
import dev.corsac.gateway.connection.Door;
import dev.corsac.gateway.connection.ListeningTransport;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What listens: on the address that is served one server for each event loop, and one on the admin
 * address, if there is one. Thread-safe.
 */
final class Listeners {
  private static final int START_SECONDS = 30;

  private final CorsacConfig config;
  private final Vertx vertx;
  private final ListeningTransport transport;
  private final CopyOnWriteArrayList<GatewayServer> servers = new CopyOnWriteArrayList<>();
  private volatile @Nullable AdminServer admin;

  /**
   * Of a gateway that does not listen yet.
   *
   * @param transport that of {@code vertx}
   */
  Listeners(CorsacConfig config, Vertx vertx, ListeningTransport transport) {
    this.config = config;
    this.vertx = vertx;
    this.transport = transport;
  }

  /** Listens on the address that is served. */
  void serve(Door door, Supplier<GatewayServer> server) throws IOException {
    transport.next(door);
    await(
        vertx.deployVerticle(
            () -> {
              GatewayServer one = server.get();
              servers.add(one);
              return one;
            },
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors())),
        config.listen());
  }

  /** Listens on the admin address. */
  void administer(HostPort address, Door door, AdminServer server) throws IOException {
    transport.next(door);
    await(vertx.deployVerticle(server), address);
    admin = server;
  }

  private static void await(Future<?> future, HostPort address) throws IOException {
    try {
      future
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(START_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      throw PortTakenException.of(address, e.getCause() == null ? e : e.getCause());
    }
  }

  /** Shows clients other certificates from now on. */
  void use(ServerSSLOptions certificates) {
    servers.forEach(server -> server.use(certificates));
  }

  /** Whether the admin address, if there is one, says that requests are served. */
  boolean isReady() {
    AdminServer server = admin;
    return server == null || server.isReady();
  }

  /** Has the admin address say that no requests are served soon. */
  void stopping() {
    AdminServer server = admin;
    if (server != null) {
      server.stopping();
    }
  }

  /** The port that is served: the configured one, or the one that was free if that is 0. */
  int port() {
    return servers.get(0).port();
  }

  /** Where it serves. */
  String url() {
    return (config.tls().isPresent() ? "https://" : "http://")
        + new HostPort(config.listen().host(), port());
  }

  /** The port of the admin address, if there is one. */
  Optional<Integer> adminPort() {
    return Optional.ofNullable(admin).map(AdminServer::port);
  }

  /** Where the admin address is, if there is one. */
  Optional<String> adminUrl() {
    return config
        .admin()
        .flatMap(
            address -> adminPort().map(port -> "http://" + new HostPort(address.host(), port)));
  }
}
