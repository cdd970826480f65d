package dev.corsac.benchmarks;

import dev.corsac.benchmarks.ServerCost.Guard;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.filter.CorsFilter;

/** Spring Boot, with Corsac's starter or with Spring's own filter. */
final class SpringServer {
  private SpringServer() {}

  /** MVC on Tomcat. */
  static int servlet(Guard guard) {
    return start(
        WebApplicationType.SERVLET,
        guard,
        context ->
            context.registerBean(
                CorsFilter.class,
                () -> {
                  var source = new org.springframework.web.cors.UrlBasedCorsConfigurationSource();
                  source.registerCorsConfiguration("/**", configuration());
                  return new CorsFilter(source);
                }));
  }

  /** WebFlux on Reactor Netty. */
  static int reactive(Guard guard) {
    return start(
        WebApplicationType.REACTIVE,
        guard,
        context ->
            context.registerBean(
                CorsWebFilter.class,
                () -> {
                  var source =
                      new org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource();
                  source.registerCorsConfiguration("/**", configuration());
                  return new CorsWebFilter(source);
                }));
  }

  private static int start(
      WebApplicationType type, Guard guard, Consumer<GenericApplicationContext> own) {
    List<String> properties =
        new ArrayList<>(
            List.of(
                "server.port=0",
                "server.address=127.0.0.1",
                "logging.level.root=off",
                "spring.main.banner-mode=off"));
    if (guard == Guard.CORSAC) {
      properties.add("corsac.cors.allow-origins=" + Stack.ORIGIN);
      properties.add("corsac.cors.allow-methods=" + String.join(",", Stack.METHODS));
      properties.add("corsac.cors.allow-headers=" + String.join(",", Stack.HEADERS));
      properties.add("corsac.cors.expose-headers=X-Total-Count");
      properties.add("corsac.cors.allow-credentials=true");
    } else {
      properties.add("spring.autoconfigure.exclude=dev.corsac.spring.CorsacAutoConfiguration");
    }
    SpringApplication application =
        new SpringApplicationBuilder(Application.class)
            .web(type)
            .properties(properties.toArray(String[]::new))
            .build();
    if (guard == Guard.OWN) {
      application.addInitializers(context -> own.accept((GenericApplicationContext) context));
    }
    ConfigurableApplicationContext context = application.run();
    return Integer.parseInt(
        Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port")));
  }

  private static CorsConfiguration configuration() {
    CorsConfiguration configuration = new CorsConfiguration();
    configuration.setAllowedOrigins(List.of(Stack.ORIGIN));
    configuration.setAllowedMethods(Stack.METHODS);
    configuration.setAllowedHeaders(Stack.HEADERS);
    configuration.setExposedHeaders(List.of("X-Total-Count"));
    configuration.setAllowCredentials(true);
    configuration.setMaxAge(600L);
    return configuration;
  }

  /** For both. */
  @EnableAutoConfiguration
  @RestController
  static class Application {

    /** A little. */
    @GetMapping("/")
    ResponseEntity<String> get() {
      return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body("ok");
    }
  }
}
