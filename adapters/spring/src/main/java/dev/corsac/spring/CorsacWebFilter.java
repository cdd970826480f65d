package dev.corsac.spring;

import dev.corsac.Cors;
import dev.corsac.CorsRequest;
import dev.corsac.Decision;
import dev.corsac.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** CORS for WebFlux; the first filter, ahead of Spring Security. Thread-safe. */
final class CorsacWebFilter implements WebFilter, Ordered {
  private final Cors cors;

  CorsacWebFilter(Cors cors) {
    this.cors = cors;
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    Request request = new Request(exchange.getRequest());
    Decision decision = cors.decide(request);
    if (decision.reason() == Reason.NO_POLICY) {
      return chain.filter(exchange);
    }
    GuardedResponse response = new GuardedResponse(exchange.getResponse(), decision);
    if (decision instanceof Decision.Answer answer) {
      response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
      return response.setComplete();
    }
    return chain.filter(exchange.mutate().response(response).build());
  }

  /** All lines of a field, by the one way that Spring 6 and Spring 7 both have. */
  static List<String> lines(HttpHeaders headers, String name) {
    List<String> lines = new ArrayList<>();
    headers.forEach(
        (key, values) -> {
          if (lines.isEmpty() && key.equalsIgnoreCase(name)) {
            lines.addAll(values);
          }
        });
    return lines;
  }

  /** What the engine looks at. */
  private record Request(ServerHttpRequest request) implements CorsRequest {
    @Override
    public String method() {
      return request.getMethod().name();
    }

    @Override
    public String path() {
      return request.getURI().getRawPath();
    }

    @Override
    public @Nullable String header(String name) {
      return request.getHeaders().getFirst(name);
    }

    @Override
    public List<String> headers(String name) {
      return lines(request.getHeaders(), name);
    }
  }
}
