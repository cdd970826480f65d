package dev.corsac.spring;

import dev.corsac.CorsResponse;
import dev.corsac.Decision;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;

/**
 * A response that carries the CORS headers of a decision when it is sent, whatever was done to it
 * before.
 */
final class GuardedResponse extends ServerHttpResponseDecorator implements CorsResponse {
  private final Decision decision;

  GuardedResponse(ServerHttpResponse response, Decision decision) {
    super(response);
    this.decision = decision;
    // At once too: what Spring has of CORS keeps off a response that has its headers.
    if (getHeaders().isEmpty()) {
      decision.addTo(this);
    } else {
      apply();
    }
    response.beforeCommit(() -> Mono.fromRunnable(this::apply));
  }

  /** Spring runs these in the order in which they come, so each is followed by ours. */
  @Override
  public void beforeCommit(Supplier<? extends Mono<Void>> action) {
    super.beforeCommit(() -> action.get().then(Mono.fromRunnable(this::apply)));
  }

  private void apply() {
    decision.applyTo(this);
  }

  @Override
  public List<String> headers(String name) {
    return HeaderLines.of(getHeaders(), name);
  }

  @Override
  public void setHeader(String name, String value) {
    getHeaders().set(name, value);
  }

  @Override
  public void addHeader(String name, String value) {
    getHeaders().add(name, value);
  }

  /** By putting no line, since the methods that remove differ between Spring 6 and Spring 7. */
  @Override
  public void removeHeader(String name) {
    if (getHeaders().getFirst(name) != null) {
      getHeaders().put(name, List.of());
    }
  }
}
