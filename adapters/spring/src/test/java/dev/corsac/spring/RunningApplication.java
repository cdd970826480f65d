package dev.corsac.spring;

import dev.corsac.contract.Protocol;
import dev.corsac.contract.TlsKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

/** An application on a free port of the loopback interface. */
record RunningApplication(ConfigurableApplicationContext context, int port)
    implements AutoCloseable {
  static final String TOMCAT = "org.apache.catalina";
  static final String JETTY = "org.eclipse.jetty";
  static final String SECURITY = "org.springframework.security";

  /** HTTP/2 too on Spring Boot 4: the contract's client needs a newer Netty than Boot 3 bears. */
  static Set<Protocol> protocols() {
    return SpringBootVersion.getVersion().startsWith("3.")
        ? EnumSet.of(Protocol.HTTP_1_1)
        : EnumSet.allOf(Protocol.class);
  }

  /**
   * Starts an application.
   *
   * @param hidden packages that it does not have on its class path
   * @param beans singletons by name
   */
  static RunningApplication start(
      Class<?> application,
      WebApplicationType type,
      List<String> hidden,
      Map<String, Object> beans,
      String... properties) {
    List<String> all = new ArrayList<>(Arrays.asList(properties));
    all.addAll(
        List.of(
            "server.port=0",
            "server.address=127.0.0.1",
            "spring.main.banner-mode=off",
            "logging.level.org=off",
            "logging.level.reactor=off",
            "logging.level.io.netty=off"));
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(application)
            .web(type)
            .resourceLoader(
                new DefaultResourceLoader(new FilteredClassLoader(hidden.toArray(String[]::new))))
            .initializers(starting -> beans.forEach(starting.getBeanFactory()::registerSingleton))
            .properties(all.toArray(String[]::new))
            .run();
    return new RunningApplication(
        context, context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
  }

  /** Properties of a server with TLS that also serves clients without a certificate. */
  static String[] asksForCertificate(TlsKeys keys) {
    return new String[] {
      "server.ssl.key-store=" + keys.file().toUri(),
      "server.ssl.key-store-password=" + keys.password(),
      "server.ssl.key-alias=own",
      "server.ssl.trust-store=" + keys.file().toUri(),
      "server.ssl.trust-store-password=" + keys.password(),
      "server.ssl.client-auth=want"
    };
  }

  @Override
  public void close() {
    context.close();
  }
}
