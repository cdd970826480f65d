package dev.corsac.spring;

import dev.corsac.contract.Application;
import dev.corsac.contract.Manner;
import dev.corsac.contract.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The application of the contract, as a router function of WebFlux. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class WebFluxApplication {
  @Bean
  RouterFunction<ServerResponse> routes(Application application) {
    return RouterFunctions.route(RequestPredicates.all(), request -> run(request, application));
  }

  /** Spring answers preflights before any handler; who has answers of his own gives them so. */
  @Bean
  WebFilter ownPreflights(Application application) {
    return (exchange, chain) -> {
      ServerHttpRequest request = exchange.getRequest();
      if (!CorsUtils.isPreFlightRequest(request)) {
        return chain.filter(exchange);
      }
      Reply reply =
          application.run(
              request.getMethod().name(),
              request.getURI().getRawPath(),
              request.getHeaders().getFirst(Application.DOES),
              request.getHeaders().getFirst(Application.CALL));
      ServerHttpResponse response = exchange.getResponse();
      response.setStatusCode(HttpStatusCode.valueOf(reply.status()));
      addHeaders(reply, response.getHeaders());
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    };
  }

  private static Mono<ServerResponse> run(ServerRequest request, Application application) {
    Reply reply =
        application.run(
            request.method().name(),
            request.uri().getRawPath(),
            request.headers().firstHeader(Application.DOES),
            request.headers().firstHeader(Application.CALL));
    ServerHttpResponse response = request.exchange().getResponse();
    Mono<ServerResponse> answer = Mono.defer(() -> answer(reply, response));
    return switch (reply.manner()) {
      case ASYNC, ASYNC_ERROR -> Mono.delay(Duration.ofMillis(50)).then(answer);
      default -> answer;
    };
  }

  private static Mono<ServerResponse> answer(Reply reply, ServerHttpResponse response) {
    switch (reply.manner()) {
      case LATE ->
          response.beforeCommit(
              () -> Mono.fromRunnable(() -> addHeaders(reply, response.getHeaders())));
      case RESET -> {
        response.getHeaders().set("Vary", "Accept");
        response.getHeaders().set("Access-Control-Allow-Origin", "https://app.invalid");
        response.getHeaders().clear();
      }
      case ERROR, ASYNC_ERROR -> {
        addHeaders(reply, response.getHeaders());
        return Mono.error(new ResponseStatusException(HttpStatusCode.valueOf(reply.status())));
      }
      case THROW -> {
        addHeaders(reply, response.getHeaders());
        throw new IllegalStateException("thrown on purpose");
      }
      default -> {}
    }
    ServerResponse.BodyBuilder builder = ServerResponse.status(reply.status());
    if (reply.manner() == Manner.REDIRECT) {
      return builder.location(URI.create(reply.headers().get(0).value())).build();
    }
    if (reply.manner() != Manner.LATE) {
      builder.headers(headers -> addHeaders(reply, headers));
    }
    if (reply.manner() == Manner.FLUSH) {
      Stream<String> pieces = reply.body().chars().mapToObj(Character::toString);
      return builder.body(Flux.fromStream(pieces), String.class);
    }
    return builder.bodyValue(reply.body());
  }

  private static void addHeaders(Reply reply, HttpHeaders headers) {
    reply.headers().forEach(header -> headers.add(header.name(), header.value()));
  }
}
