package dev.corsac;

import java.util.function.BiConsumer;

/**
 * The server's side of the CORS protocol as one function: what to do with a request.
 *
 * <p>A fixed {@link CorsPolicy}, a table of {@link CorsRoutes}, a look-up by tenant and a holder
 * that reloads are all just this:
 *
 * <pre>{@code
 * Cors byTenant = request -> policies.getOrDefault(tenantOf(request), Cors.off()).decide(request);
 * AtomicReference<Cors> current = new AtomicReference<>(policy);
 * Cors reloading = request -> current.get().decide(request);
 * }</pre>
 *
 * <p>An implementation is thread-safe, never blocks, does no I/O and never throws, whatever a peer
 * sends.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, HTTP CORS protocol</a>
 */
@FunctionalInterface
public interface Cors {

  /**
   * Decides what to do with a request. The same policy decides the same request in the same way
   * every time, as long as its {@link OriginSource}s give the same origins.
   */
  Decision decide(CorsRequest request);

  /**
   * No policy: every request reaches the application, and no header is added, replaced or removed.
   */
  static Cors off() {
    return Ruling.NoPolicy.OFF;
  }

  /**
   * The same decisions, each shown to an observer: for logs, metrics, an audit trail.
   *
   * <p>The observer runs on the request's thread before the application, so it must be quick. An
   * observer that throws changes nothing: the decision stands, and the first exception of each
   * observer is reported to the {@link System.Logger} named {@code dev.corsac}. What a peer sent is
   * hostile text until escaped; {@link Decision#describe} is already escaped and bounded.
   */
  default Cors observedBy(BiConsumer<? super CorsRequest, ? super Decision> observer) {
    return new ObservedCors(this, observer);
  }
}
