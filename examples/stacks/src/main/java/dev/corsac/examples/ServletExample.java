package dev.corsac.examples;

import dev.corsac.CorsPolicy;
import dev.corsac.examples.Api.Answer;
import dev.corsac.servlet.CorsFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The API as a servlet, in an embedded Jetty. */
final class ServletExample extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient Api api = new Api();

  static Running start(CorsPolicy policy, int port) throws Exception {
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServletContainerInitializer(
        (classes, servletContext) -> CorsFilter.addTo(servletContext, policy));
    context.addServlet(new ServletExample(), "/*");
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    server.addConnector(connector);
    server.setHandler(context);
    server.start();
    return new Running(connector.getLocalPort(), server::stop);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (request.getRequestURI()) {
      case "/api/data" -> send(response, api.data());
      case "/api/items" -> send(response, api.items());
      case "/protected" -> send(response, api.showProtected(request.getHeader("Cookie")));
      default -> response.sendError(404);
    }
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (request.getRequestURI()) {
      case "/api/data" -> {
        byte[] body = request.getInputStream().readAllBytes();
        send(response, api.receive(new String(body, StandardCharsets.UTF_8)));
      }
      case "/login" -> send(response, api.login());
      default -> response.sendError(404);
    }
  }

  private static void send(HttpServletResponse response, Answer answer) throws IOException {
    response.setStatus(answer.status());
    response.setContentType("application/json");
    answer.headers().forEach(response::setHeader);
    response.getWriter().write(answer.body());
  }
}
