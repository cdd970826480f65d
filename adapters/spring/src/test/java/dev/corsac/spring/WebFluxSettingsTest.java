package dev.corsac.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.WebFilter;

class WebFluxSettingsTest extends ServerSettingsContract {

  @Override
  RunningApplication start() {
    return start(
        Reactive.class,
        WebApplicationType.REACTIVE,
        List.of(RunningApplication.TOMCAT, RunningApplication.JETTY, RunningApplication.SECURITY));
  }

  @Test
  void basePath_isPartOfThePath() throws Exception {
    try (RunningApplication application =
        RunningApplication.start(
            Reactive.class,
            WebApplicationType.REACTIVE,
            List.of(
                RunningApplication.TOMCAT, RunningApplication.JETTY, RunningApplication.SECURITY),
            Map.of(),
            "spring.webflux.base-path=/public",
            "server.forward-headers-strategy=framework",
            "corsac.routes[0].path=/public/api",
            "corsac.routes[0].cors.allow-origins=https://app.example")) {
      for (String prefix : List.of("", "/public", "/elsewhere")) {
        assertThat(
                send(
                    application.port(),
                    "GET /public/api",
                    "https://app.example",
                    "X-Forwarded-Prefix: " + prefix))
            .startsWith("http/1.1 200")
            .contains("access-control-allow-origin: https://app.example");
      }
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Reactive extends Api {

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebFilter answersAll() {
      return (exchange, chain) -> {
        if (exchange.getRequest().getQueryParams().isEmpty()) {
          return chain.filter(exchange);
        }
        exchange.getResponse().setStatusCode(HttpStatus.UNAUTHORIZED);
        return exchange.getResponse().setComplete();
      };
    }
  }
}
