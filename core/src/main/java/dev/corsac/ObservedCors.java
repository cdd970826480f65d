package dev.corsac;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/** Shows each decision to an observer, whose failures are not the request's. */
final class ObservedCors implements Cors {
  private static final System.Logger LOGGER = System.getLogger("dev.corsac");

  private final Cors cors;
  private final BiConsumer<? super CorsRequest, ? super Decision> observer;
  private final AtomicBoolean reported = new AtomicBoolean();

  ObservedCors(Cors cors, BiConsumer<? super CorsRequest, ? super Decision> observer) {
    this.cors = cors;
    this.observer = Objects.requireNonNull(observer, "observer");
  }

  @Override
  public Decision decide(CorsRequest request) {
    Decision decision = cors.decide(request);
    try {
      observer.accept(request, decision);
    } catch (RuntimeException e) {
      // A peer may be able to cause it with each request, so it is reported once.
      if (reported.compareAndSet(false, true)) {
        LOGGER.log(
            System.Logger.Level.ERROR,
            "An observer of CORS decisions throws; the decisions stand. Reported once.",
            e);
      }
    }
    return decision;
  }

  @Override
  public String toString() {
    return cors.toString();
  }
}
