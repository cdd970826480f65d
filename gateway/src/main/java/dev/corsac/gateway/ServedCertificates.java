package dev.corsac.gateway;

import dev.corsac.config.access.TlsConfig;
import dev.corsac.gateway.tls.FromFiles;
import dev.corsac.gateway.tls.Pem;
import io.vertx.core.Vertx;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates that clients are shown, read from the files of {@code tls}, and again when those
 * change. Not thread-safe.
 */
final class ServedCertificates {
  private static final Logger log = LoggerFactory.getLogger("corsac");

  private final Vertx vertx;
  private final ScheduledExecutorService clock;
  private final Consumer<ServerSSLOptions> changed;
  private @Nullable FromFiles<ServerSSLOptions> certificates;
  private @Nullable TlsConfig readFrom;

  /**
   * Of a gateway that has not started.
   *
   * @param clock runs the looks at the files
   * @param changed takes each certificate but the first
   */
  ServedCertificates(
      Vertx vertx, ScheduledExecutorService clock, Consumer<ServerSSLOptions> changed) {
    this.vertx = vertx;
    this.clock = clock;
    this.changed = changed;
  }

  /** Reads the first ones, at the start; null if there is no TLS. */
  void start(@Nullable TlsConfig files) throws IOException {
    if (files == null) {
      return;
    }
    try {
      certificates = read(files);
      readFrom = files;
    } catch (IOException e) {
      throw new IOException(Gateway.withoutDot("tls: " + e.getMessage()), e);
    }
  }

  /** Those that are shown now; null if there is no TLS. */
  @Nullable ServerSSLOptions current() {
    FromFiles<ServerSSLOptions> shown = certificates;
    return shown == null ? null : shown.current();
  }

  /** Shows those of other files; whether there is TLS at all is decided at the start. */
  void reload(@Nullable TlsConfig files) {
    FromFiles<ServerSSLOptions> before = certificates;
    if (before == null || files == null) {
      if (before != null || files != null) {
        log.warn("corsac  tls: stays as it is until a restart");
      }
      return;
    }
    if (files.equals(readFrom)) {
      return;
    }
    try {
      FromFiles<ServerSSLOptions> after = read(files);
      changed.accept(after.current());
      before.close();
      certificates = after;
      readFrom = files;
    } catch (IOException e) {
      log.error("corsac  tls: {} What was read before stays.", e.getMessage());
    }
  }

  private FromFiles<ServerSSLOptions> read(TlsConfig files) throws IOException {
    return FromFiles.of(
        "tls", Pem.files(files), contents -> Pem.server(vertx, files, contents), changed, clock);
  }
}
