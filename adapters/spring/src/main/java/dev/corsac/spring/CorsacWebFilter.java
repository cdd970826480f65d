package dev.corsac.spring;

import dev.corsac.Cors;
import dev.corsac.CorsRequest;
import dev.corsac.Decision;
import dev.corsac.Reason;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.core.PriorityOrdered;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * CORS for WebFlux; the first filter, ahead of Spring Security and of the application's own of the
 * highest precedence. Thread-safe.
 */
final class CorsacWebFilter implements WebFilter, PriorityOrdered {
  private final Cors cors;
  private final ApplicationContext application;

  CorsacWebFilter(Cors cors, ApplicationContext application) {
    this.cors = cors;
    this.application = application;
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    if (isOfAnotherServer(exchange)) {
      return chain.filter(exchange);
    }
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

  /** The management port is the server of a child context, which inherits its parent's filters. */
  private boolean isOfAnotherServer(ServerWebExchange exchange) {
    ApplicationContext serving = exchange.getApplicationContext();
    return serving != null && serving != application;
  }

  /** What the engine looks at. */
  private record Request(ServerHttpRequest request) implements CorsRequest {
    @Override
    public String method() {
      return request.getMethod().name();
    }

    @Override
    public String path() {
      return WirePath.of(request);
    }

    @Override
    public @Nullable String header(String name) {
      return request.getHeaders().getFirst(name);
    }

    @Override
    public List<String> headers(String name) {
      return HeaderLines.of(request.getHeaders(), name);
    }

    @Override
    public boolean hasClientCertificate() {
      SslInfo tls = request.getSslInfo();
      X509Certificate[] certificates = tls == null ? null : tls.getPeerCertificates();
      return certificates != null && certificates.length > 0;
    }
  }
}
