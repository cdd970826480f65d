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
   * Decides what to do with a request; the same request always gets an equal answer from the same
   * policy.
   */
  Decision decide(CorsRequest request);

  /**
   * No policy: every request reaches the application, and no header is added, replaced or removed.
   */
  static Cors off() {
    return Decisions.OFF;
  }

  /**
   * The same decisions, each shown to an observer: for logs, metrics, an audit trail.
   *
   * <p>The observer runs on the request's thread before the application: it must be quick and must
   * not throw. What a peer sent is hostile text until escaped; {@link Decision#describe} is already
   * escaped and bounded.
   */
  default Cors observedBy(BiConsumer<? super CorsRequest, ? super Decision> observer) {
    return request -> {
      Decision decision = decide(request);
      observer.accept(request, decision);
      return decision;
    };
  }
}
