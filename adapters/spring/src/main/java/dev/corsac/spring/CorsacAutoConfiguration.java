package dev.corsac.spring;

import dev.corsac.Cors;
import dev.corsac.DenialLog;
import dev.corsac.Reason;
import dev.corsac.Shadow;
import dev.corsac.servlet.CorsFilter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.Environment;
import org.springframework.web.server.WebFilter;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;

/**
 * Puts a policy in front of a web application, Spring Security included: the bean of type {@link
 * Cors}, if there is one, else what the properties {@code corsac.*} say.
 */
@AutoConfiguration
@ConditionalOnWebApplication
public class CorsacAutoConfiguration {
  private static final Log DENIED = LogFactory.getLog("corsac");

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
  StartupWarnings corsacStartupWarnings(Cors cors, Environment environment) {
    return new StartupWarnings(cors, environment);
  }

  private static Cors observed(Cors cors, DecisionCounts counts, Environment environment) {
    Cors shadowed = cors instanceof ReloadableCors reloadable ? reloadable.shadowed() : cors;
    Cors counted = shadowed.observedBy(counts);
    return CorsProperties.logsDenied(environment)
        ? counted.observedBy(new DenialLog(DENIED::info))
        : counted;
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  @ConditionalOnClass(Filter.class)
  static class Servlet {

    @Bean
    FilterRegistrationBean<CorsFilter> corsacFilter(
        Cors cors, DecisionCounts counts, Environment environment) {
      return new FirstFilter(new CorsFilter(observed(cors, counts, environment)));
    }

    /** Ahead of the application's own filters of the highest precedence, too. */
    private static final class FirstFilter extends FilterRegistrationBean<CorsFilter>
        implements PriorityOrdered {
      FirstFilter(CorsFilter filter) {
        super(filter);
        setName("corsac");
        setOrder(HIGHEST_PRECEDENCE);
        setDispatcherTypes(
            EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
      }
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  @ConditionalOnClass(WebSocketHandlerMapping.class)
  static class Sockets {

    @Bean
    static SocketOrigins corsacSocketOrigins(ObjectProvider<Cors> cors) {
      return new SocketOrigins(cors);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
  static class Reactive {

    @Bean
    WebFilter corsacFilter(
        Cors cors, DecisionCounts counts, Environment environment, ApplicationContext application) {
      return new CorsacWebFilter(observed(cors, counts, environment), application);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterBinder.class)
  static class Metrics {

    @Bean
    MeterBinder corsacMeters(Cors cors, DecisionCounts counts) {
      return registry -> {
        bind(registry, counts);
        if (cors instanceof ReloadableCors reloadable) {
          bind(registry, reloadable);
        }
      };
    }

    private static void bind(MeterRegistry registry, ReloadableCors cors) {
      MultiGauge requests =
          MultiGauge.builder("corsac.shadow.requests")
              .description(
                  "Requests by what a candidate policy would make of them, since it is asked")
              .register(registry);
      cors.followShadows(
          shadows ->
              requests.register(
                  shadows.entrySet().stream()
                      .flatMap(each -> rows(each.getKey(), each.getValue()))
                      .toList(),
                  true));
    }

    private static Stream<MultiGauge.Row<?>> rows(String route, Shadow shadow) {
      return Stream.of(
          row(route, "agrees", shadow, Shadow::agreed),
          row(route, "would-allow", shadow, Shadow::wouldAllow),
          row(route, "would-block", shadow, Shadow::wouldBlock));
    }

    private static MultiGauge.Row<?> row(
        String route, String outcome, Shadow shadow, ToDoubleFunction<Shadow> count) {
      return MultiGauge.Row.of(Tags.of("route", route, "outcome", outcome), shadow, count);
    }

    private static void bind(MeterRegistry registry, DecisionCounts counts) {
      for (Reason reason : Reason.values()) {
        FunctionCounter.builder("corsac.decisions", counts.of(reason), Number::doubleValue)
            .description("Requests by what the CORS policy decided")
            .tag("reason", reason.id())
            .register(registry);
        if (!reason.allowed()) {
          FunctionCounter.builder(
                  "corsac.would.refuse", counts.reported(reason), Number::doubleValue)
              .description("Requests that passed and that enforce_report would refuse")
              .tag("reason", reason.id())
              .register(registry);
        }
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
