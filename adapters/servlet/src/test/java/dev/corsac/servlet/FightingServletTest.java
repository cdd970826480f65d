package dev.corsac.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.Cors;
import dev.corsac.CorsPolicy;
import dev.corsac.contract.Server;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a servlet can do to its response, and what the container's own servlet does. */
@ParameterizedClass(name = "{argumentSetName}")
@MethodSource("servers")
class FightingServletTest {
  private static final AtomicInteger DECISIONS = new AtomicInteger();
  private static final Cors POLICY =
      CorsPolicy.builder()
          .allowOrigins("https://app.example")
          .build()
          .observedBy((request, decision) -> DECISIONS.incrementAndGet());

  private static final String OWN = "https://own.invalid";

  private static final Path FILES = Path.of("src", "test", "site").toAbsolutePath();

  private final Server server;

  FightingServletTest(Server server) {
    this.server = server;
  }

  static Stream<Arguments> servers() throws Exception {
    return Stream.of(
        Arguments.argumentSet("Tomcat", tomcat()),
        Arguments.argumentSet("Jetty EE 10", jettyEe10()),
        Arguments.argumentSet("Jetty EE 11", jettyEe11()));
  }

  @AfterParameterizedClassInvocation
  static void stop(Server server) throws Exception {
    server.stop().run();
  }

  /** Behind a filter that has its own idea of CORS, and twice, as happens. */
  private static void register(ServletContext context) {
    Filter earlier =
        (request, response, chain) -> {
          HttpServletResponse httpResponse = (HttpServletResponse) response;
          httpResponse.setHeader("Access-Control-Allow-Credentials", "true");
          httpResponse.setHeader("access-control-expose-headers", "X-Own");
          httpResponse.setHeader("Access-Control-Max-Age", "5");
          chain.doFilter(request, response);
        };
    FilterRegistration.Dynamic filter = context.addFilter("earlier", earlier);
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(null, false, "/fights/preset");
    CorsFilter.addTo(context, POLICY);
    context
        .addFilter("again", new CorsFilter(POLICY))
        .addMappingForUrlPatterns(
            EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR), false, "/*");
  }

  private static Server tomcat() throws Exception {
    Tomcat tomcat = TomcatTest.create();
    Context context = tomcat.addContext("", FILES.toString());
    context.addServletContainerInitializer(
        (classes, servletContext) -> register(servletContext), null);
    Tomcat.addServlet(context, "fights", new Fights()).addMapping("/fights/*");
    for (int status : new int[] {401, 402}) {
      ErrorPage page = new ErrorPage();
      page.setErrorCode(status);
      page.setLocation("/fights/error" + status);
      context.addErrorPage(page);
    }
    Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet")
        .addMapping("/");
    return TomcatTest.start(tomcat);
  }

  private static Server jettyEe10() throws Exception {
    var context = new org.eclipse.jetty.ee10.servlet.ServletContextHandler("/");
    context.setBaseResourceAsPath(FILES);
    context.addServletContainerInitializer((classes, servletContext) -> register(servletContext));
    context.addServlet(new Fights(), "/fights/*");
    context.addServlet(org.eclipse.jetty.ee10.servlet.DefaultServlet.class, "/");
    var pages = new org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler();
    pages.addErrorPage(401, "/fights/error401");
    pages.addErrorPage(402, "/fights/error402");
    context.setErrorHandler(pages);
    return JettyTest.start(context);
  }

  private static Server jettyEe11() throws Exception {
    var context = new org.eclipse.jetty.ee11.servlet.ServletContextHandler("/");
    context.setBaseResourceAsPath(FILES);
    context.addServletContainerInitializer((classes, servletContext) -> register(servletContext));
    context.addServlet(new Fights(), "/fights/*");
    context.addServlet(org.eclipse.jetty.ee11.servlet.DefaultServlet.class, "/");
    var pages = new org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler();
    pages.addErrorPage(401, "/fights/error401");
    pages.addErrorPage(402, "/fights/error402");
    context.setErrorHandler(pages);
    return JettyTest.start(context);
  }

  /** Does what the rest of the path says. */
  private static final class Fights extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      switch (request.getPathInfo()) {
        case "/dates" -> {
          response.setDateHeader("Access-Control-Allow-Origin", 0);
          response.addDateHeader("access-control-allow-origin", 0);
          response.setDateHeader("Vary", 0);
          response.addDateHeader("Corsac-Decision", 0);
          response.setDateHeader("Last-Modified", 0);
        }
        case "/numbers" -> {
          response.setIntHeader("Access-Control-Max-Age", 5);
          response.addIntHeader("access-control-MAX-age", 5);
          response.setIntHeader("Corsac-Decision", 1);
          response.setIntHeader("X-Number", 7);
        }
        case "/spaces" -> {
          for (String name :
              List.of(" Access-Control-Allow-Origin", "Access-Control-Allow-Origin ", "\tVary")) {
            try {
              response.setHeader(name, OWN);
              response.addHeader(name, OWN);
            } catch (IllegalArgumentException e) {
              response.setHeader("X-Refused", "by the container");
            }
          }
        }
        case "/trailers" -> {
          response.setTrailerFields(
              () -> Map.of("access-control-allow-origin", OWN, "vary", "x", "x-trailer", "kept"));
          response.getWriter().print("t");
          response.flushBuffer();
        }
        case "/error304" -> response.sendError(HttpServletResponse.SC_NOT_MODIFIED);
        case "/error304message" -> response.sendError(HttpServletResponse.SC_NOT_MODIFIED, "same");
        case "/error204" -> {
          response.getWriter().print("never seen");
          response.sendError(HttpServletResponse.SC_NO_CONTENT);
        }
        // As Spring Security does where the error page asks for a login too.
        case "/error401", "/error401again" -> response.sendError(401);
        case "/error402", "/error402again" -> {
          if (request.getDispatcherType() == DispatcherType.ERROR) {
            throw new IllegalStateException("the error page fails");
          }
          response.sendError(402);
        }
        default -> response.sendError(404);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/fights/dates, 200, last-modified: thu",
    "/fights/numbers, 200, x-number: 7",
    "/fights/spaces, 200, ''",
    "/fights/trailers, 200, x-trailer: kept",
    "/fights/error304, 304, ''",
    "/fights/error304message, 304, ''",
    "/fights/error204, 204, ''",
    "/fights/error404, 404, ''",
    "/fights/error401again, 401, ''",
    "/fights/error402again, 402, ''",
    "/a.txt, 304, ''",
    "/a.txt?200, 200, ''",
    "/missing.txt, 404, ''",
    "/fights/preset, 404, ''",
  })
  void policysHeaders_areAllThereIs(String target, int status, String kept) throws Exception {
    DECISIONS.set(0);
    String allowed = get(target, "https://app.example");
    assertThat(DECISIONS).hasValue(1);
    assertThat(allowed)
        .startsWith("http/1.1 " + status)
        .containsOnlyOnce("\r\naccess-control-allow-origin: https://app.example\r\n")
        .containsOnlyOnce("access-control-")
        .contains(kept);
    String denied = get(target, "https://evil.example");
    assertThat(denied).startsWith("http/1.1 " + status).doesNotContain("access-control-");
    assertThat(List.of(allowed, denied))
        .allSatisfy(
            response ->
                assertThat(response)
                    .containsOnlyOnce("\r\nvary: origin\r\n")
                    .containsOnlyOnce("vary")
                    .doesNotContain("corsac-decision", "own.invalid"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/fights/error304", "/fights/error204"})
  void responseWithoutBody_hasNone(String target) throws Exception {
    assertThat(get(target, "https://app.example")).endsWith("\r\n\r\n");
  }

  /** The whole response in lower case. */
  private String get(String target, String origin) throws IOException {
    boolean conditional = target.equals("/a.txt");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(30_000);
      String request =
          "GET %s HTTP/1.1\r\nHost: localhost\r\nOrigin: %s\r\nTE: trailers\r\n%sConnection: close\r\n\r\n"
              .formatted(
                  target,
                  origin,
                  conditional ? "If-Modified-Since: Fri, 27 Nov 2037 00:00:00 GMT\r\n" : "");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] response = socket.getInputStream().readAllBytes();
      return new String(response, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }
  }
}
