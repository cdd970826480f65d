package dev.corsac.gateway.route;

import dev.corsac.config.access.TlsConfig;
import dev.corsac.gateway.guard.IssuerKeys;
import dev.corsac.gateway.tls.FromFiles;
import dev.corsac.gateway.tls.Pem;
import dev.corsac.gateway.watch.Meters;
import dev.corsac.gateway.watch.RouteMeters;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration uses that lives on its own: keys of issuers, files of TLS, and metrics. They
 * stay over a reload that still names them. Not thread-safe.
 */
public final class Resources {
  private final Vertx vertx;
  private final Meters meters;
  private final ScheduledExecutorService clock;
  private final Map<Object, AutoCloseable> inUse = new HashMap<>();
  private final Map<Object, AutoCloseable> wanted = new HashMap<>();
  private @Nullable HttpClient client;

  private record TlsKey(TlsConfig.Upstream files, boolean http2) {}

  private record MetersKey(String label) {}

  /**
   * Nothing yet.
   *
   * @param clock where files are looked at and keys fetched
   */
  public Resources(Vertx vertx, ScheduledExecutorService clock, Meters meters) {
    this.meters = meters;
    this.vertx = vertx;
    this.clock = clock;
  }

  /** Where the requests of a route are counted. */
  RouteMeters meters(String label) {
    if (label.equals(Meters.NO_ROUTE)) {
      return meters.none();
    }
    MetersKey key = new MetersKey(label);
    if (find(key) instanceof RouteMeters known) {
      return known;
    }
    RouteMeters made = meters.route(label);
    wanted.put(key, made);
    return made;
  }

  IssuerKeys keys(URI uri) {
    AutoCloseable found = find(uri);
    if (found instanceof IssuerKeys keys) {
      return keys;
    }
    if (client == null) {
      client = IssuerKeys.client();
    }
    IssuerKeys keys = new IssuerKeys(uri, client, clock);
    wanted.put(uri, keys);
    return keys;
  }

  @SuppressWarnings("unchecked") // what is kept under such a key is made below
  FromFiles<ClientSSLOptions> tls(TlsConfig.Upstream files, boolean http2) {
    TlsKey key = new TlsKey(files, http2);
    AutoCloseable found = find(key);
    if (found != null) {
      return (FromFiles<ClientSSLOptions>) found;
    }
    try {
      FromFiles<ClientSSLOptions> made =
          FromFiles.of(
              "upstream_tls",
              Pem.files(files),
              contents -> Pem.client(vertx, files, contents, http2),
              changed -> {},
              clock);
      wanted.put(key, made);
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException("upstream_tls: " + e.getMessage(), e);
    }
  }

  private @Nullable AutoCloseable find(Object key) {
    AutoCloseable found = wanted.get(key);
    if (found == null) {
      found = inUse.get(key);
      if (found != null) {
        wanted.put(key, found);
      }
    }
    return found;
  }

  /** Ends what was not asked for since the last call; in its place what was asked for is used. */
  void use() {
    replace(inUse, wanted);
  }

  /** Ends what was asked for since the last call and not used before it. */
  void discard() {
    replace(wanted, inUse);
  }

  private void replace(Map<Object, AutoCloseable> those, Map<Object, AutoCloseable> kept) {
    those.forEach(
        (key, each) -> {
          if (kept.get(key) != each) {
            close(each);
          }
        });
    Map<Object, AutoCloseable> copy = Map.copyOf(kept);
    inUse.clear();
    inUse.putAll(copy);
    wanted.clear();
  }

  private static void close(AutoCloseable each) {
    try {
      each.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
