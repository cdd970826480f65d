package dev.corsac.spring;

import static org.springframework.security.config.Customizer.withDefaults;

import java.util.List;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

class SecuredMvcTest extends SecuredContract {

  @Override
  RunningApplication start() {
    return RunningApplication.start(
        Secured.class,
        WebApplicationType.SERVLET,
        List.of(RunningApplication.JETTY),
        Map.of(),
        PROPERTIES);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @RestController
  static class Secured {

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
      return http.cors(withDefaults())
          .httpBasic(withDefaults())
          .authorizeHttpRequests(
              requests ->
                  requests
                      .requestMatchers("/open/**", "/error")
                      .permitAll()
                      .requestMatchers("/admin")
                      .hasRole("ADMIN")
                      .anyRequest()
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
