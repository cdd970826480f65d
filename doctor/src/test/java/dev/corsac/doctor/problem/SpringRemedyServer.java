package dev.corsac.doctor.problem;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.modeler.Registry;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;
import org.springframework.web.servlet.DispatcherServlet;

/** Spring MVC and Spring Security in Tomcat, as Spring Boot puts them together. */
final class SpringRemedyServer implements RemedyServer {
  private static final String SOURCE =
      """
      import static org.springframework.security.config.Customizer.withDefaults;
      import java.time.Duration;
      import java.util.List;
      import org.springframework.context.annotation.*;
      import org.springframework.http.HttpStatus;
      import org.springframework.security.config.annotation.web.builders.HttpSecurity;
      import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
      import org.springframework.security.web.SecurityFilterChain;
      import org.springframework.security.web.authentication.HttpStatusEntryPoint;
      import org.springframework.web.cors.*;
      import org.springframework.web.servlet.config.annotation.EnableWebMvc;

      @Configuration(proxyBeanMethods = false)
      @EnableWebMvc
      @EnableWebSecurity
      public class Snippet {
      %s
      }
      """;
  private static final String CHAIN =
      """

      @Bean
      SecurityFilterChain chain(HttpSecurity http) {
        return http.cors(withDefaults()).csrf(csrf -> csrf.disable()).build();
      }
      """;

  @Override
  public Running start(String name, Remedy remedy, Guard guard) throws Exception {
    Logger.getLogger("org.apache").setUseParentHandlers(false);
    Logger.getLogger("org.springframework").setUseParentHandlers(false);
    String code = remedy.code().replace("http.", "http.csrf(csrf -> csrf.disable()).");
    if (!code.contains("SecurityFilterChain")) {
      code += CHAIN;
    }
    AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
    spring.register(JavaSnippet.compile(SOURCE.formatted(code)));
    spring.addBeanFactoryPostProcessor(
        factory -> factory.registerSingleton("controller", new Controller(guard)));
    // Names of MBeans are the JVM's: two servers that start at once would clash.
    Registry.disableRegistry();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir("target/spring");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", null);
    Wrapper servlet = Tomcat.addServlet(context, "spring", new DispatcherServlet(spring));
    servlet.setLoadOnStartup(1);
    servlet.addMapping("/");
    context.addServletContainerInitializer(
        (classes, servletContext) -> {
          Filter security = new DelegatingFilterProxy("springSecurityFilterChain", spring);
          spring.setServletContext(servletContext);
          spring.refresh();
          servletContext
              .addFilter("security", security)
              .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        },
        null);
    tomcat.start();
    return new Running(
        tomcat.getConnector().getLocalPort(),
        () -> {
          tomcat.stop();
          tomcat.destroy();
          spring.close();
        });
  }

  /** The application. */
  @RestController
  static final class Controller {
    private final Guard guard;

    Controller(Guard guard) {
      this.guard = guard;
    }

    @RequestMapping({"/data", "/data/", "/broken"})
    ResponseEntity<String> answer(HttpServletRequest request) {
      Answer answer = Answer.to(request.getRequestURI(), true, guard);
      if (answer.status() == Answer.THROWN) {
        throw new IllegalStateException("thrown on purpose");
      }
      HttpHeaders headers = new HttpHeaders();
      answer.headers().forEach(headers::addAll);
      return new ResponseEntity<>(answer.body(), headers, HttpStatusCode.valueOf(answer.status()));
    }
  }
}
