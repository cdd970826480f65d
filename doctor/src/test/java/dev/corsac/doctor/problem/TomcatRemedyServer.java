package dev.corsac.doctor.problem;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.modeler.Registry;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** Tomcat, with a {@code web.xml} and a {@code context.xml} read from disk. */
final class TomcatRemedyServer implements RemedyServer {
  private static final Logger LOGGER = Logger.getLogger("org.apache");
  private static final String WEB_XML =
      """
      <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1"
          metadata-complete="true">
      %s
      </web-app>
      """;

  @Override
  public Running start(String name, Remedy remedy, Guard guard) throws Exception {
    boolean wholeWebXml = remedy.language().equals("xml") && !name.equals("cookie");
    Path directory = Files.createTempDirectory("tomcat");
    Path root = Files.createDirectories(directory.resolve("app"));
    Files.createDirectories(root.resolve("WEB-INF"));
    String webXml = wholeWebXml ? remedy.code() : cors(Problem.ALLOW_ORIGIN_WILDCARD);
    Files.writeString(
        root.resolve("WEB-INF/web.xml"),
        WEB_XML.formatted(
            webXml
                + (name.equals("cookie")
                    ? "<session-config><cookie-config><secure>true</secure></cookie-config></session-config>"
                    : "")));
    LOGGER.setUseParentHandlers(false); // the application's exceptions, at length
    // Names of MBeans are the JVM's: two servers that start at once would clash.
    Registry.disableRegistry();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setRedirectPort(8443);
    StandardContext context = new StandardContext();
    context.setPath("");
    context.setDocBase(root.toString());
    context.addLifecycleListener(new ContextConfig());
    StandardJarScanner scanner = new StandardJarScanner();
    scanner.setScanClassPath(false);
    context.setJarScanner(scanner);
    if (name.equals("cookie")) {
      Files.createDirectories(root.resolve("META-INF"));
      Path contextXml = Files.writeString(root.resolve("META-INF/context.xml"), remedy.code());
      context.setConfigFile(contextXml.toUri().toURL());
    }
    tomcat.getHost().addChild(context);
    Tomcat.addServlet(context, "application", new Application(guard)).addMapping("/");
    if (name.equals("unauthorized")) {
      context.addLifecycleListener(
          event -> {
            if (event.getType().equals(Lifecycle.CONFIGURE_START_EVENT)) {
              addFilter(context, new LoginFilter()); // after those of web.xml
            }
          });
    }
    tomcat.start();
    return new Running(
        tomcat.getConnector().getLocalPort(),
        () -> {
          tomcat.stop();
          tomcat.destroy();
          delete(directory);
        });
  }

  private static String cors(Problem problem) {
    return Remedies.of(problem, Stack.TOMCAT, RemediesServedTest.FACTS).orElseThrow().code();
  }

  private static void addFilter(Context context, Filter filter) {
    FilterDef definition = new FilterDef();
    definition.setFilterName("login");
    definition.setFilter(filter);
    context.addFilterDef(definition);
    FilterMap mapping = new FilterMap();
    mapping.setFilterName("login");
    mapping.addURLPattern("/*");
    context.addFilterMap(mapping);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** What the remedy asks for: the application's own login, which answers 401. */
  private static final class LoginFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      if (request.getSession(false) == null) {
        response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        return;
      }
      chain.doFilter(request, response);
    }
  }

  /** The application. */
  static final class Application extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final Guard guard;

    Application(Guard guard) {
      this.guard = guard;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      boolean authorized = request.getHeader("Authorization") != null;
      Answer answer = Answer.to(request.getRequestURI(), authorized, guard);
      if (answer.status() == Answer.THROWN) {
        throw new IllegalStateException("thrown on purpose");
      }
      if (request.getRequestURI().equals("/login")) {
        request.getSession(true).setAttribute("user", "you");
        return;
      }
      answer
          .headers()
          .forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
      if (answer.status() >= 400) {
        response.sendError(answer.status());
        return;
      }
      response.setStatus(answer.status());
      response.getWriter().write(answer.body());
    }
  }
}
