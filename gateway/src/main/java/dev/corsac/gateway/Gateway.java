package dev.corsac.gateway;

import dev.corsac.config.CorsacConfig;
import dev.corsac.config.HostPort;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reverse proxy that answers for its upstreams' CORS: preflights are answered here, every other
 * response, the gateway's own errors included, leaves with the headers of the policy.
 *
 * <pre>{@code
 * try (Gateway gateway = Gateway.start(config)) {
 *   gateway.reload(changed);   // the next request sees it, requests under way end as they began
 * }
 * }</pre>
 *
 * <p>Thread-safe. Does not block the thread that serves; {@link #start} and {@link #close} block
 * the caller's.
 */
public final class Gateway implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger("corsac");

  /** How long {@link #close} lets requests under way end. */
  private static final int GRACE_SECONDS = 10;

  private static final int START_SECONDS = 30;

  private final Vertx vertx;
  private final CopyOnWriteArrayList<GatewayServer> servers = new CopyOnWriteArrayList<>();
  private final CorsacConfig started;
  private @Nullable AdminServer admin;
  private volatile Site site;
  private boolean closed;

  private Gateway(CorsacConfig config) {
    this.started = config;
    this.site = Site.of(config);
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors()));
  }

  /**
   * Starts to serve.
   *
   * @throws PortTakenException if another program has the port of {@code listen} or {@code admin}
   * @throws IOException if an address cannot be listened on for another reason
   */
  public static Gateway start(CorsacConfig config) throws IOException {
    Gateway gateway = new Gateway(config);
    try {
      gateway.listen();
      return gateway;
    } catch (IOException | RuntimeException e) {
      gateway.close();
      throw e;
    }
  }

  private void listen() throws IOException {
    EventLog events = new EventLog();
    HostPort listen = started.listen();
    await(
        vertx.deployVerticle(
            () -> {
              GatewayServer server = new GatewayServer(started, () -> site, events);
              servers.add(server);
              return server;
            },
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors())),
        listen);
    HostPort adminAddress = started.admin().orElse(null);
    if (adminAddress != null) {
      AdminServer server = new AdminServer(adminAddress);
      await(vertx.deployVerticle(server), adminAddress);
      admin = server;
    }
  }

  /** The port that is served: the configured one, or the one that was free if that is 0. */
  public int port() {
    return servers.get(0).port();
  }

  /** Where it serves, such as {@code http://127.0.0.1:8000}. */
  public String url() {
    return "http://" + new HostPort(started.listen().host(), port());
  }

  /** The port of the admin address, if there is one. */
  public Optional<Integer> adminPort() {
    return Optional.ofNullable(admin).map(AdminServer::port);
  }

  /**
   * Where health is asked, such as {@code http://127.0.0.1:8001}; empty if there is no admin
   * address.
   */
  public Optional<String> adminUrl() {
    return started
        .admin()
        .flatMap(
            address -> adminPort().map(port -> "http://" + new HostPort(address.host(), port)));
  }

  /**
   * Serves another configuration from the next request on. Addresses to listen on stay as they are:
   * to change them takes a restart, and the log says so.
   */
  public void reload(CorsacConfig config) {
    if (!config.listen().equals(started.listen())) {
      log.warn(
          "corsac  listen: stays {} until a restart; the file now says {}",
          started.listen(),
          config.listen());
    }
    if (!config.admin().equals(started.admin())) {
      log.warn("corsac  admin: stays as it is until a restart");
    }
    site = Site.of(config);
  }

  /** Accepts no more requests, lets those under way end for some seconds, and stops. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    AdminServer readiness = admin;
    if (readiness != null) {
      readiness.stopping();
    }
    try {
      Future.join(servers.stream().map(server -> server.shutdown(GRACE_SECONDS)).toList())
          .eventually(vertx::close)
          .toCompletionStage()
          .toCompletableFuture()
          .get(GRACE_SECONDS + 5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
      log.warn("corsac  did not stop cleanly: {}", e.toString());
    }
  }

  private static void await(Future<?> future, HostPort address) throws IOException {
    try {
      future
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(START_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      String message = String.valueOf(e.getCause() == null ? e : e.getCause().getMessage());
      if (message.contains("in use")) {
        throw new PortTakenException(address);
      }
      throw new IOException("cannot listen on " + address + ": " + message, e.getCause());
    }
  }
}
