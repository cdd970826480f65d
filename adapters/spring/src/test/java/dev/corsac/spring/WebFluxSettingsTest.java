package dev.corsac.spring;

import java.util.List;
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
