package dev.corsac.spring;

import static org.springframework.security.config.Customizer.withDefaults;

import java.util.List;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;

class SecuredWebFluxTest extends SecuredContract {

  @Override
  RunningApplication start() {
    return RunningApplication.start(
        Secured.class,
        WebApplicationType.REACTIVE,
        List.of(RunningApplication.TOMCAT, RunningApplication.JETTY),
        Map.of(),
        PROPERTIES);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @RestController
  static class Secured {

    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http) {
      return http.cors(withDefaults())
          .httpBasic(withDefaults())
          .authorizeExchange(
              exchanges ->
                  exchanges
                      .pathMatchers("/open/**")
                      .permitAll()
                      .pathMatchers("/admin")
                      .hasRole("ADMIN")
                      .anyExchange()
                      .authenticated())
          .build();
    }

    @Bean
    CorsConfigurationSource corsConfigurationSource() {
      CorsConfiguration springs = new CorsConfiguration();
      springs.addAllowedOrigin(OTHER);
      springs.addAllowedMethod("*");
      springs.addExposedHeader("X-Own");
      UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
      source.registerCorsConfiguration("/**", springs);
      return source;
    }

    @GetMapping("/private")
    String secret() {
      return "private";
    }

    @CrossOrigin(OTHER)
    @GetMapping({"/open/hello", "/open/off"})
    String hello() {
      return "hello";
    }

    @GetMapping("/open/throws")
    String throwing() {
      throw new IllegalStateException("thrown on purpose");
    }
  }
}
