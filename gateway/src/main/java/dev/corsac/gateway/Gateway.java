package dev.corsac.gateway;

import dev.corsac.Shadow;
import dev.corsac.config.ConfigWatcher;
import dev.corsac.config.CorsacConfig;
import dev.corsac.config.HostPort;
import dev.corsac.config.Timeouts;
import dev.corsac.gateway.admin.AdminServer;
import dev.corsac.gateway.admin.OperatorPage;
import dev.corsac.gateway.connection.Door;
import dev.corsac.gateway.connection.ListeningTransport;
import dev.corsac.gateway.proxy.Suspects;
import dev.corsac.gateway.route.Resources;
import dev.corsac.gateway.route.ServingConfig;
import dev.corsac.gateway.watch.EventLog;
import dev.corsac.gateway.watch.Events;
import dev.corsac.gateway.watch.Watch;
import dev.corsac.origins.OriginSources;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
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

  /** For Vert.x to end its threads. */
  private static final int END_SECONDS = 5;

  private static final long LOOK_MILLIS = 10;

  private final LineLimit lines = new LineLimit(EventLog.LINES_A_SECOND, EventLog::leftOut);
  private final Watch watch = new Watch(lines::admit);
  private final OriginSources origins = new OriginSources(new OriginsLog());
  private final Suspects suspects = new Suspects(watch.log());
  private final Door door;
  private final Vertx vertx;
  private final Listeners listeners;
  private final ServedCertificates certificates;
  private final CorsacConfig started;
  private final ScheduledExecutorService clock;
  private final Resources resources;
  private volatile ServingConfig serving;
  private boolean listens;
  private boolean closed;

  private Gateway(CorsacConfig config, Function<Resources, ServingConfig> first) {
    this.started = config;
    this.clock =
        Executors.newScheduledThreadPool(
            2,
            task -> {
              Thread thread = new Thread(task, "corsac-files");
              thread.setDaemon(true);
              return thread;
            });
    this.door = new Door(() -> this.serving.limits(), () -> this.serving.timeouts(), watch.log());
    ListeningTransport transport = new ListeningTransport();
    this.vertx =
        Vertx.builder()
            .with(
                new VertxOptions()
                    .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
                    .setDisableTCCL(true))
            .withTransport(transport)
            .build();
    this.listeners = new Listeners(config, vertx, transport);
    this.certificates = new ServedCertificates(vertx, clock, listeners::use);
    Gauges.bind(watch.meters(), door, listeners::isReady);
    watch.meters().origins(origins::status);
    watch.meters().shadows(() -> serving.shadows());
    this.resources = new Resources(vertx, clock, watch.meters());
    try {
      this.serving = first.apply(resources);
    } catch (RuntimeException e) {
      clock.shutdownNow();
      vertx.close();
      watch.close();
      throw e;
    }
  }

  /**
   * Starts to serve.
   *
   * @throws PortTakenException if another program has the port of {@code listen} or {@code admin}
   * @throws IOException if an address cannot be listened on for another reason
   */
  public static Gateway start(CorsacConfig config) throws IOException {
    return start(config, resources -> ServingConfig.of(config, resources));
  }

  /** Listens where a configuration says, and serves one that need not be the configuration's. */
  static Gateway start(CorsacConfig config, ServingConfig serving) throws IOException {
    return start(config, resources -> serving);
  }

  private static Gateway start(CorsacConfig config, Function<Resources, ServingConfig> first)
      throws IOException {
    Gateway gateway;
    try {
      gateway = new Gateway(config, first);
    } catch (UncheckedIOException e) {
      throw new IOException(withoutDot(e.getMessage()), e);
    }
    try {
      gateway.listen();
      return gateway;
    } catch (IOException | RuntimeException e) {
      gateway.close();
      throw e;
    }
  }

  private void listen() throws IOException {
    origins.connect(started.declaredOrigins());
    certificates.start(started.tls().orElse(null));
    listeners.serve(
        door,
        () -> new GatewayServer(started, certificates.current(), () -> serving, watch, suspects));
    ServerSSLOptions now = certificates.current();
    if (now != null) {
      // They may have changed since the first server took them.
      listeners.use(now);
    }
    HostPort admin = started.admin().orElse(null);
    if (admin != null) {
      OperatorPage page = new OperatorPage(() -> serving, watch, origins, this::url);
      listeners.administer(
          admin,
          AdminServer.door(watch.log()),
          new AdminServer(admin, started.watching().adminToken(), watch, origins, page));
    }
    watch.writeAccess(started.watching().accessLog());
    watch.meters().configured(true);
    everyFewSeconds(watch.events()::turn);
    listens = true;
  }

  private void everyFewSeconds(Runnable turn) {
    ScheduledFuture<?> unused =
        clock.scheduleWithFixedDelay(turn, Events.SECONDS, Events.SECONDS, TimeUnit.SECONDS);
  }

  /** The command puts messages into a sentence of its own. */
  static String withoutDot(@Nullable String sentence) {
    return String.valueOf(sentence).replaceFirst("\\.$", "");
  }

  /** The port that is served: the configured one, or the one that was free if that is 0. */
  public int port() {
    return listeners.port();
  }

  /** Where it serves, such as {@code http://127.0.0.1:8000}. */
  public String url() {
    return listeners.url();
  }

  /** The port of the admin address, if there is one. */
  public Optional<Integer> adminPort() {
    return listeners.adminPort();
  }

  /**
   * Where health is asked, such as {@code http://127.0.0.1:8001}; empty if there is no admin
   * address.
   */
  public Optional<String> adminUrl() {
    return listeners.adminUrl();
  }

  /**
   * The candidate policies ({@code shadow}) that are asked about the requests, with what they would
   * have decided since the configuration is served; each by the first route that it is for, {@code
   * default} for the file's own.
   */
  public Map<String, Shadow> shadows() {
    return serving.shadows();
  }

  /**
   * Serves another configuration from the next request on. Timeouts and limits count at once, also
   * for connections that are there. Addresses to listen on stay as they are: to change them takes a
   * restart, and the log says so.
   *
   * @throws IllegalArgumentException if the configuration names files that cannot be used; what was
   *     served before is served still
   */
  public synchronized void reload(CorsacConfig config) {
    ReloadLog.keptUntilRestart(started, config);
    certificates.reload(config.tls().orElse(null));
    ServingConfig next;
    try {
      next = ServingConfig.of(config, resources);
      watch.writeAccess(config.watching().accessLog());
    } catch (UncheckedIOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    origins.connect(config.declaredOrigins());
    serving = next;
  }

  /**
   * Follows a file: each good version of it is served, and the log says what became of it.
   *
   * @param environment as for {@link dev.corsac.config.ConfigLoader#load}
   */
  public ConfigWatcher follow(Path file, Map<String, String> environment) {
    return ConfigWatcher.start(
        file, environment, new ReloadLog(file, this::reload, watch.meters()));
  }

  /**
   * Stops without losing a request. Readiness says so first, for as long as {@code timeouts.drain};
   * then nobody is let in, responses tell clients to ask elsewhere, and requests under way have
   * {@code timeouts.stop} to end. Health is there until the end.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    try {
      if (listens) {
        stopServing();
      }
      origins.close();
      clock.shutdownNow();
      vertx.close().toCompletionStage().toCompletableFuture().get(END_SECONDS, TimeUnit.SECONDS);
      watch.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      log.warn("corsac  did not stop cleanly: {}", e.toString());
    }
  }

  private void stopServing() throws InterruptedException {
    Timeouts timeouts = serving.timeouts();
    listeners.stopping();
    Thread.sleep(timeouts.drain().toMillis());
    door.stop();
    long deadline = System.nanoTime() + timeouts.stop().toNanos();
    while (door.isBusy() && System.nanoTime() - deadline < 0) {
      Thread.sleep(LOOK_MILLIS);
    }
    if (door.isBusy()) {
      log.warn("corsac  requests had not ended within timeouts.stop, and were broken off");
    }
  }
}
