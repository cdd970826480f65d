package dev.corsac.servlet;

import dev.corsac.contract.Server;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletException;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.websocket.server.WsSci;
import org.junit.jupiter.api.Named;

class TomcatHandshakesTest extends Handshakes {
  private static final String DEFAULT_SERVLET = "org.apache.catalina.servlets.DefaultServlet";

  static Stream<Named<Start>> ways() {
    ServletContainerInitializer filter =
        (classes, servletContext) -> CorsFilter.addTo(servletContext, POLICY);
    return Stream.of(
        Named.of("the endpoint, then the filter", () -> start(new WsSci(), endpoint(), filter)),
        Named.of("the endpoint after the filter", () -> start(filter, new WsSci(), endpoint())),
        Named.of("as web.xml has it", () -> startDeclared(new WsSci(), endpoint())));
  }

  private static ServletContainerInitializer endpoint() {
    return (classes, servletContext) -> {
      try {
        ((ServerContainer) servletContext.getAttribute(ServerContainer.class.getName()))
            .addEndpoint(Silent.CONFIG);
      } catch (DeploymentException e) {
        throw new ServletException(e);
      }
    };
  }

  private static Server start(ServletContainerInitializer... initializers) throws Exception {
    Tomcat tomcat = TomcatTest.create();
    add(tomcat.addContext("/app", null), initializers);
    return TomcatTest.start(tomcat);
  }

  private static Server startDeclared(ServletContainerInitializer... initializers)
      throws Exception {
    Tomcat tomcat = TomcatTest.create();
    Context context = tomcat.addContext("/app", null);
    FilterDef filter = new FilterDef();
    filter.setFilterName("cors");
    filter.setFilter(new CorsFilter(POLICY));
    context.addFilterDef(filter);
    FilterMap mapping = new FilterMap();
    mapping.setFilterName("cors");
    mapping.addURLPattern("/*");
    context.addFilterMap(mapping);
    add(context, initializers);
    return TomcatTest.start(tomcat);
  }

  private static void add(Context context, ServletContainerInitializer... initializers) {
    Tomcat.addServlet(context, "default", DEFAULT_SERVLET).addMapping("/");
    for (ServletContainerInitializer initializer : initializers) {
      context.addServletContainerInitializer(initializer, Set.of());
    }
  }
}
