package dev.corsac.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.Cors;
import dev.corsac.CorsPolicy;
import dev.corsac.contract.Server;
import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/stacks.md says of a context's root. */
class ContextRootTest {
  private static final Cors POLICY =
      CorsPolicy.builder().allowOrigins("https://app.example").build();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tomcat(boolean redirects) throws Exception {
    Tomcat tomcat = TomcatTest.create();
    Context context = tomcat.addContext("/app", null);
    context.setMapperContextRootRedirectEnabled(redirects);
    context.addServletContainerInitializer(
        (classes, servletContext) -> CorsFilter.addTo(servletContext, POLICY), null);
    Tomcat.addServlet(context, "root", new HttpServlet() {}).addMapping("/");
    assertRoot(TomcatTest.start(tomcat), redirects);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void jettyEe10(boolean redirects) throws Exception {
    var context = new org.eclipse.jetty.ee10.servlet.ServletContextHandler("/app");
    context.setAllowNullPathInContext(!redirects);
    context.addServletContainerInitializer(
        (classes, servletContext) -> CorsFilter.addTo(servletContext, POLICY));
    assertRoot(JettyTest.start(context), redirects);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void jettyEe11(boolean redirects) throws Exception {
    var context = new org.eclipse.jetty.ee11.servlet.ServletContextHandler("/app");
    context.setAllowNullPathInContext(!redirects);
    context.addServletContainerInitializer(
        (classes, servletContext) -> CorsFilter.addTo(servletContext, POLICY));
    assertRoot(JettyTest.start(context), redirects);
  }

  private static void assertRoot(Server server, boolean redirects) throws Exception {
    try {
      HttpResponse<Void> preflight =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/app"))
                      .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                      .header("Origin", "https://app.example")
                      .header("Access-Control-Request-Method", "GET")
                      .build(),
                  HttpResponse.BodyHandlers.discarding());
      if (redirects) {
        assertThat(preflight.statusCode()).isBetween(301, 302);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
      } else {
        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.headers().allValues("Access-Control-Allow-Origin"))
            .containsExactly("https://app.example");
      }
    } finally {
      server.stop().run();
    }
  }
}
