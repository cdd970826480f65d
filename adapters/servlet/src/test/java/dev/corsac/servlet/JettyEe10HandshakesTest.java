package dev.corsac.servlet;

import dev.corsac.contract.Server;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.websocket.api.Session;
import org.junit.jupiter.api.Named;

class JettyEe10HandshakesTest extends Handshakes {

  static Stream<Named<Start>> ways() {
    return Stream.of(
        Named.of("Jetty's API, then the filter", () -> start(true, true, false)),
        Named.of("Jetty's API, after the filter", () -> start(true, false, false)),
        Named.of("Jakarta's API, then the filter", () -> start(false, true, false)),
        Named.of("Jakarta's API, after the filter", () -> start(false, false, false)),
        Named.of("Jetty's API, the filter without an initializer", () -> start(true, false, true)),
        Named.of("Jakarta's API, the filter without", () -> start(false, true, true)),
        Named.of("an endpoint that a servlet adds", JettyEe10HandshakesTest::startLate));
  }

  private static Server start(boolean jettys, boolean endpointFirst, boolean holder)
      throws Exception {
    ServletContextHandler context = new ServletContextHandler("/app");
    if (endpointFirst) {
      addEndpoint(context, jettys);
    }
    if (holder) {
      Filter other = (request, response, chain) -> chain.doFilter(request, response);
      context.addFilter(new FilterHolder(other), "/*", EnumSet.of(DispatcherType.REQUEST));
      context.addFilter(
          new FilterHolder(new CorsFilter(POLICY)), "/*", EnumSet.of(DispatcherType.REQUEST));
    } else {
      context.addServletContainerInitializer(
          (classes, servletContext) -> CorsFilter.addTo(servletContext, POLICY));
    }
    if (!endpointFirst) {
      addEndpoint(context, jettys);
    }
    return JettyTest.start(context);
  }

  private static void addEndpoint(ServletContextHandler context, boolean jettys) {
    if (jettys) {
      JettyWebSocketServletContainerInitializer.configure(
          context, (servletContext, container) -> addEndpoint(container));
    } else {
      JakartaWebSocketServletContainerInitializer.configure(
          context, (servletContext, container) -> container.addEndpoint(Silent.CONFIG));
    }
  }

  private static void addEndpoint(JettyWebSocketServerContainer container) {
    container.addMapping("/ws", (request, response) -> new Quiet());
  }

  private static Server startLate() throws Exception {
    ServletContextHandler context = new ServletContextHandler("/app");
    JettyWebSocketServletContainerInitializer.configure(context, null);
    context.addServletContainerInitializer(
        (classes, servletContext) -> CorsFilter.addTo(servletContext, POLICY));
    ServletHolder servlet = new ServletHolder(new Late());
    servlet.setInitOrder(1);
    context.addServlet(servlet, "/late");
    return JettyTest.start(context);
  }

  /** Jetty calls it, so it has to be public. */
  public static final class Quiet extends Session.Listener.AbstractAutoDemanding {}

  private static final class Late extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    public void init() throws ServletException {
      addEndpoint(JettyWebSocketServerContainer.getContainer(getServletContext()));
    }
  }
}
