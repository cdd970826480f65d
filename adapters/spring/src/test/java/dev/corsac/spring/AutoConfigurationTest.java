package dev.corsac.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsac.Cors;
import dev.corsac.CorsPolicy;
import dev.corsac.InvalidPolicyException;
import dev.corsac.servlet.CorsFilter;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.DispatcherType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.web.server.WebFilter;

@ExtendWith(OutputCaptureExtension.class)
class AutoConfigurationTest {
  private static final AutoConfigurations CORSAC =
      AutoConfigurations.of(CorsacAutoConfiguration.class);

  private final WebApplicationContextRunner mvc =
      new WebApplicationContextRunner()
          .withConfiguration(CORSAC)
          .withPropertyValues("management.endpoints.web.exposure.include=corsac");

  private final ReactiveWebApplicationContextRunner webFlux =
      new ReactiveWebApplicationContextRunner().withConfiguration(CORSAC);

  @Test
  void servlet_isTheFirstFilter_forEveryDispatchThatMakesAResponse() {
    mvc.withPropertyValues("corsac.cors.allow-origins=https://example.com")
        .run(
            context -> {
              FilterRegistrationBean<?> filter = context.getBean(FilterRegistrationBean.class);
              assertThat(filter.getFilter()).isInstanceOf(CorsFilter.class);
              assertThat(filter.getOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE);
              assertThat(filter.isAsyncSupported()).isTrue();
              assertThat(filter.determineDispatcherTypes())
                  .containsExactlyInAnyOrder(
                      DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
              assertThat(context)
                  .getBean(Cors.class)
                  .hasToString("allow_origins: [\"https://example.com\"]");
              assertThat(context)
                  .hasSingleBean(CorsacEndpoint.class)
                  .hasSingleBean(MeterBinder.class)
                  .doesNotHaveBean(WebFilter.class);
            });
  }

  @Test
  void reactive_isTheFirstFilter() {
    webFlux.run(
        context -> {
          assertThat(context).doesNotHaveBean(FilterRegistrationBean.class);
          assertThat(context.getBean(WebFilter.class))
              .isInstanceOfSatisfying(
                  Ordered.class,
                  filter -> assertThat(filter.getOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE));
        });
  }

  @Test
  void applicationThatServesNothing_hasNothing() {
    new ApplicationContextRunner()
        .withConfiguration(CORSAC)
        .run(context -> assertThat(context).doesNotHaveBean(Cors.class));
  }

  @Test
  void withoutPolicy_doesNothing_andSaysSo(CapturedOutput output) {
    mvc.run(context -> assertThat(context.getBean(Cors.class)).hasToString("off"));

    assertThat(output)
        .containsOnlyOnce(
            "There is no CORS policy, so Corsac leaves every response as it is."
                + " Set corsac.cors.allow-origins, or define a bean of type dev.corsac.Cors.");
  }

  @Test
  void ownBean_wins_andUnusedPropertiesAreTold(CapturedOutput output) {
    CorsPolicy own = CorsPolicy.builder().allowAnyOrigin().build();
    mvc.withBean("own", CorsPolicy.class, () -> own)
        .withPropertyValues("corsac.cors.allow-origins=https://example.com")
        .run(context -> assertThat(context).getBean(Cors.class).isSameAs(own));

    assertThat(output)
        .containsOnlyOnce("The properties under corsac are not used")
        .containsOnlyOnce("[any-origin]");
  }

  @Test
  void ownBean_wins_overACandidateToo(CapturedOutput output) {
    mvc.withBean("own", CorsPolicy.class, () -> CorsPolicy.builder().allowAnyOrigin().build())
        .withPropertyValues("corsac.shadow.allow-origins=https://example.com")
        .run(context -> assertThat(context).hasNotFailed());

    assertThat(output).containsOnlyOnce("The properties under corsac are not used");
  }

  @Test
  void warnings_areLoggedOnce_withTheirPlace(CapturedOutput output) {
    mvc.withPropertyValues("corsac.cors.allow-origins=https://example.com,http://example.org")
        .run(context -> assertThat(context).hasNotFailed());

    assertThat(output).containsOnlyOnce("[insecure-origin]");
    assertThat(output.toString().lines().filter(line -> line.contains("[insecure-origin]")))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .contains(
                        "corsac.cors.allow-origins[1] (\"corsac.cors.allow-origins\" from property"
                            + " source \"test\"): \"http://example.org\"")
                    .contains(" Fix: "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.micrometer",
        "org.springframework.boot.actuate",
        "org.springframework.web.reactive",
        "reactor"
      })
  void servlet_needsNoneOf(String missing) {
    mvc.withClassLoader(new FilteredClassLoader(missing))
        .withPropertyValues("corsac.cors.allow-origins=https://example.com")
        .run(
            context ->
                assertThat(context).hasNotFailed().hasSingleBean(FilterRegistrationBean.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"io.micrometer", "org.springframework.boot.actuate", "jakarta.servlet"})
  void reactive_needsNoneOf(String missing) {
    webFlux
        .withClassLoader(new FilteredClassLoader(missing))
        .withPropertyValues("corsac.cors.allow-origins=https://example.com")
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(WebFilter.class));
  }

  @Test
  void wrongPolicy_stopsTheApplication_withOneReport() {
    Settings settings =
        new Settings()
            .properties(
                "# comment",
                "corsac.cors.allow-origins[0]=https://example.com/",
                "corsac.cors.max-agee=600");
    mvc.withInitializer(context -> context.setEnvironment(settings.environment()))
        .run(
            context -> {
              Throwable failure = context.getStartupFailure();
              assertThat(failure).hasRootCauseInstanceOf(InvalidPolicyException.class);
              FailureAnalysis analysis = analysis(settings.environment(), failure);
              assertThat(analysis.getDescription())
                  .isEqualTo(
                      """
                      The CORS policy has 2 errors:

                      corsac.cors.allow-origins[0] (application.properties - 2:30)
                          "https://example.com/" has a path, but an origin ends after the host or port. [origin-path]
                      corsac.cors.max-agee (application.properties - 3:22)
                          "max-agee" is not a key of a policy; did you mean max-age? [unknown-key]""");
              assertThat(analysis.getAction())
                  .isEqualTo(
                      """
                      corsac.cors.allow-origins[0]
                          Write "https://example.com".
                      corsac.cors.max-agee
                          Write max-age.""");
            });
  }

  @Test
  void wrongPolicy_isReportedWhereSpringReportsFailures(CapturedOutput output) {
    assertThatThrownBy(
            () ->
                RunningApplication.start(
                    Empty.class,
                    WebApplicationType.SERVLET,
                    List.of(RunningApplication.JETTY, RunningApplication.SECURITY),
                    Map.of(),
                    "logging.level.org.springframework.boot.diagnostics=error",
                    "corsac.cors.allow-origins=https://example.com/"))
        .hasRootCauseInstanceOf(InvalidPolicyException.class);

    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .contains("Action:\n\ncorsac.cors.allow-origins[0]\n    Write \"https://example.com\".\n");
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Empty {}

  @Test
  void ownBeanThatIsWrong_isReportedAlike() {
    mvc.withBean(
            CorsPolicy.class,
            () -> CorsPolicy.builder().allowAnyOrigin().allowCredentials().build())
        .run(
            context ->
                assertThat(
                        analysis(new StandardEnvironment(), context.getStartupFailure())
                            .getDescription())
                    .startsWith("The CORS policy has an error:\n\nallow_origins[0]\n"));
  }

  @Test
  void endpoint_isThereOnlyIfExposed() {
    new WebApplicationContextRunner()
        .withConfiguration(CORSAC)
        .run(context -> assertThat(context).doesNotHaveBean(CorsacEndpoint.class));
  }

  private static FailureAnalysis analysis(Environment environment, @Nullable Throwable failure) {
    return Objects.requireNonNull(
        new InvalidPolicyAnalyzer(environment).analyze(Objects.requireNonNull(failure)));
  }
}
