package dev.corsac.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsac.contract.Server;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.ee11.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.ee11.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JettyEe11HandshakesTest extends Handshakes {

  static java.util.stream.Stream<Named<Start>> ways() {
    return java.util.stream.Stream.of(
        Named.of("Jetty's API, then the filter", () -> start(true, true, false)),
        Named.of("Jetty's API, after the filter", () -> start(true, false, false)),
        Named.of("Jakarta's API, then the filter", () -> start(false, true, false)),
        Named.of("Jakarta's API, after the filter", () -> start(false, false, false)),
        Named.of("Jetty's API, the filter without an initializer", () -> start(true, false, true)),
        Named.of("Jakarta's API, the filter without", () -> start(false, true, true)),
        Named.of("an endpoint that a servlet adds", JettyEe11HandshakesTest::startLate));
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

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void enforce_reachesTheHandshakeOfHttp2(boolean jettys) throws Exception {
    Server server = start(jettys, false, false);
    HTTP2Client client = new HTTP2Client();
    client.start();
    try {
      assertThat(connect(client, server.port(), "https://evil.example")).isEqualTo(403);
      assertThat(connect(client, server.port(), "https://app.example")).isEqualTo(200);
    } finally {
      client.stop();
      server.stop().run();
    }
  }

  /** The status of an extended CONNECT (RFC 8441 section 4). */
  private static int connect(HTTP2Client client, int port, String origin) throws Exception {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    var session =
        client
            .connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                new org.eclipse.jetty.http2.api.Session.Listener() {})
            .get(30, TimeUnit.SECONDS);
    MetaData.Request handshake =
        new MetaData.ConnectRequest(
            HttpScheme.HTTP,
            new HostPortHttpField("localhost", port),
            "/app/ws",
            HttpFields.build().add("origin", origin).add("sec-websocket-version", "13"),
            "websocket");
    session
        .newStream(
            new HeadersFrame(handshake, null, false),
            new Stream.Listener() {
              @Override
              public void onHeaders(Stream stream, HeadersFrame frame) {
                status.complete(((MetaData.Response) frame.getMetaData()).getStatus());
              }
            })
        .get(30, TimeUnit.SECONDS);
    return status.get(30, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void handlerThatUpgradesBeforeAnyFilter_stopsTheStart(boolean within) {
    ServletContextHandler context = new ServletContextHandler("/app");
    context.addServletContainerInitializer(
        (classes, servletContext) -> CorsFilter.addTo(servletContext, POLICY));
    assertThatThrownBy(
            () ->
                JettyTest.start(
                    server -> {
                      WebSocketUpgradeHandler upgrades =
                          WebSocketUpgradeHandler.from(server, context);
                      if (within) {
                        context.insertHandler(upgrades);
                        return context;
                      }
                      upgrades.setHandler(context);
                      return upgrades;
                    }))
        .hasStackTraceContaining("WebSocketUpgradeHandler opens WebSockets before any filter")
        .hasStackTraceContaining("Fix: add the endpoints to the context with");
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
