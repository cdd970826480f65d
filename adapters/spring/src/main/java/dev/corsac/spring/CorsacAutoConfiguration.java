package dev.corsac.spring;

import dev.corsac.Cors;
import dev.corsac.Reason;
import dev.corsac.servlet.CorsFilter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.web.server.WebFilter;

/**
 * Puts a policy in front of a web application, Spring Security included: the bean of type {@link
 * Cors}, if there is one, else what the properties {@code corsac.*} say.
 */
@AutoConfiguration
@ConditionalOnWebApplication
public class CorsacAutoConfiguration {

  CorsacAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean(Cors.class)
  ReloadableCors corsacCors(Environment environment) {
    return new ReloadableCors(environment);
  }

  @Bean
  DecisionCounts corsacDecisionCounts() {
    return new DecisionCounts();
  }

  @Bean
  StartReport corsacStartReport(Cors cors, Environment environment) {
    return new StartReport(cors, environment);
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  @ConditionalOnClass(Filter.class)
  static class Servlet {

    @Bean
    FilterRegistrationBean<CorsFilter> corsacFilter(Cors cors, DecisionCounts counts) {
      FilterRegistrationBean<CorsFilter> filter =
          new FilterRegistrationBean<>(new CorsFilter(cors.observedBy(counts)));
      filter.setName("corsac");
      filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
      filter.setDispatcherTypes(
          EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
      return filter;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
  static class Reactive {

    @Bean
    WebFilter corsacFilter(Cors cors, DecisionCounts counts) {
      return new CorsacWebFilter(cors.observedBy(counts));
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterBinder.class)
  static class Metrics {

    @Bean
    MeterBinder corsacMeters(DecisionCounts counts) {
      return registry -> bind(registry, counts);
    }

    private static void bind(MeterRegistry registry, DecisionCounts counts) {
      for (Reason reason : Reason.values()) {
        FunctionCounter.builder("corsac.decisions", counts.of(reason), Number::doubleValue)
            .description("Requests by what the CORS policy decided")
            .tag("reason", reason.id())
            .register(registry);
      }
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
  static class Actuator {

    @Bean
    @ConditionalOnAvailableEndpoint
    CorsacEndpoint corsacEndpoint(Cors cors, DecisionCounts counts) {
      return new CorsacEndpoint(cors, counts);
    }
  }
}
