package dev.corsac.doctor.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.browser.Body;
import dev.corsac.browser.Browser;
import dev.corsac.browser.Cause;
import dev.corsac.browser.CredentialsMode;
import dev.corsac.browser.Headers;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.Transport;
import dev.corsac.browser.WireResponse;
import dev.corsac.browser.http.HttpTransport;
import dev.corsac.doctor.problem.RemedyServer.Guard;
import dev.corsac.doctor.problem.RemedyServer.Running;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a reader copies does what it promises: each remedy is put into a real server, and the
 * browser's model makes the request that failed without it.
 *
 * <pre>
 * Corsac    corsac.yaml, read by the loader, on the JDK's server       with every build
 * Spring    Spring MVC 7.0 and Security 7.1 on Tomcat; its cookie is a property of Spring Boot
 * Tomcat    web.xml and context.xml, Tomcat 11                         with every build
 * Jetty     Jetty 12.1                                                 with every build
 * Vert.x    Vert.x Web 5                                               with every build
 * Express   Express 5.3, cors 2.8                                      -Dcorsac.remedies=DIR
 * FastAPI   FastAPI 0.142, Starlette 1.7                               -Dcorsac.remedies=DIR
 * nginx     nginx 1.22                                                 -Dcorsac.remedies=DIR
 * Apache    Apache 2.4                                                 -Dcorsac.remedies=DIR
 * Caddy     Caddy 2.6                                                  -Dcorsac.remedies=DIR
 * </pre>
 */
class RemediesServedTest {
  static final Facts FACTS =
      Facts.of(Fact.ORIGIN, "https://shop-7.example.org:8443")
          .with(Fact.METHOD, "PATCH")
          .with(Fact.ASKED, "Content-Type, X-Trace-Id, Authorization")
          .with(Fact.EXPOSED, "X-Trace-Id")
          .with(Fact.CREDENTIALS, "include")
          .with(Fact.PATH, "/data");
  private static final String API = "https://api.example.net";
  private static final Page PAGE = Page.of("https://shop-7.example.org:8443");
  private static final Page STRANGER = Page.of("https://evil.example");
  private static final Page SELF = Page.of(API);

  static Map<Stack, RemedyServer> servers() {
    Map<Stack, RemedyServer> servers = new EnumMap<>(Stack.class);
    servers.put(Stack.CORSAC, new CorsacRemedyServer());
    servers.put(Stack.SPRING, new SpringRemedyServer());
    servers.put(Stack.TOMCAT, new TomcatRemedyServer());
    servers.put(Stack.JETTY, new JettyRemedyServer());
    servers.put(Stack.VERTX, new VertxRemedyServer());
    String programs = System.getProperty("corsac.remedies");
    if (programs != null) {
      for (Stack stack : ProcessRemedyServer.STACKS) {
        servers.put(stack, new ProcessRemedyServer(stack, Path.of(programs)));
      }
    }
    return servers;
  }

  static Stream<Arguments> remedies() {
    return servers().entrySet().stream()
        .flatMap(
            server ->
                RemediesTest.names()
                    .filter(
                        name ->
                            !Remedies.of(RemediesTest.problem(name), server.getKey(), FACTS)
                                .isEmpty())
                    .filter(name -> !(server.getKey() == Stack.SPRING && name.equals("cookie")))
                    .map(name -> Arguments.of(server.getKey(), name, server.getValue())));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("remedies")
  void remedy_helps(Stack stack, String name, RemedyServer server) throws Exception {
    Remedy remedy = Remedies.of(RemediesTest.problem(name), stack, FACTS).orElseThrow();
    Guard guard =
        switch (name) {
          case "preflight" -> Guard.LOGIN;
          case "preflight-redirect" -> Guard.REDIRECT;
          case "one-layer" -> Guard.OWN_HEADERS;
          default -> Guard.NONE;
        };
    boolean proxied = name.equals("one-layer") && !isItselfTheOne(stack);
    Running running = server.start(name, remedy, proxied ? Guard.NONE : guard);
    try {
      Transport http = HttpTransport.create().map(API, "http://127.0.0.1:" + running.port());
      if (!proxied) {
        prove(name, stack, Browser.chromium(http));
        return;
      }
      Outcome outcome =
          Browser.chromium(withProxy(http)).load(PAGE, PageRequest.fetch(API + "/data"));
      if (stack == Stack.SPRING) {
        outcome.assertReadable();
      } else {
        outcome.assertBlocked(Cause.ALLOW_ORIGIN_MULTIPLE);
      }
    } finally {
      running.stop().run();
    }
  }

  /** The others' remedy is what has to be removed: it must be what says it twice. */
  private static boolean isItselfTheOne(Stack stack) {
    return stack == Stack.CORSAC
        || stack == Stack.NGINX
        || stack == Stack.APACHE
        || stack == Stack.CADDY;
  }

  private static Transport withProxy(Transport http) {
    return request -> {
      WireResponse response = http.send(request);
      Headers headers = response.headers().with("Access-Control-Allow-Origin", PAGE.origin());
      return WireResponse.of(response.status(), headers).withBody(response.body());
    };
  }

  private static WireResponse answer(Outcome outcome, int exchange) {
    return Objects.requireNonNull(outcome.transcript().get(exchange).response());
  }

  private static void prove(String name, Stack stack, Browser browser) {
    PageRequest get = PageRequest.fetch(API + "/data");
    PageRequest patch =
        get.method("PATCH").header("Content-Type", "application/json").body(Body.text("{}"));
    switch (name) {
      case "one-layer" -> {
        browser.load(PAGE, get).assertReadable().assertStatus(200);
        browser.load(STRANGER, get).assertBlocked();
      }
      case "allow-request" -> {
        PageRequest whole = patch.header("X-Trace-Id", "7").credentials(CredentialsMode.INCLUDE);
        Outcome.Readable outcome = browser.load(PAGE, whole).assertReadable();
        outcome.assertStatus(200).assertHeader("X-Trace-Id", "7");
        outcome.assertPreflighted().assertHeader("Access-Control-Max-Age", "3600");
        browser.load(STRANGER, whole).assertBlocked();
        browser.load(STRANGER, get).assertBlocked();
      }
      case "error-headers" -> {
        browser.load(PAGE, PageRequest.fetch(API + "/missing")).assertReadable().assertStatus(404);
        browser.load(PAGE, PageRequest.fetch(API + "/broken")).assertReadable().assertStatus(500);
      }
      case "unauthorized" -> {
        PageRequest include = get.credentials(CredentialsMode.INCLUDE);
        Outcome.Readable outcome = browser.load(PAGE, include).assertReadable();
        // Corsac passes on what the application says, which is 200 here.
        outcome.assertStatus(stack == Stack.CORSAC ? 200 : 401);
      }
      case "vary" -> {
        for (Page page : new Page[] {PAGE, SELF, STRANGER}) {
          String vary = answer(browser.load(page, get), 0).headers().get("Vary");
          if (page == STRANGER && stack == Stack.TOMCAT) {
            assertThat(vary).isNull(); // as the remedy says
          } else {
            assertThat(vary).as("%s", page).isNotNull().containsIgnoringCase("origin");
          }
        }
      }
      case "preflight" -> {
        Outcome outcome =
            browser.load(
                PAGE,
                patch.header("Authorization", "Basic dXNlcjpzZWNyZXQ=").header("X-Trace-Id", "7"));
        outcome.assertPreflighted();
        outcome.assertReadable().assertStatus(stack == Stack.SPRING ? 401 : 200);
      }
      case "preflight-redirect" -> {
        Outcome outcome = browser.load(PAGE, patch.header("X-Trace-Id", "7"));
        outcome.assertPreflighted();
        if (stack == Stack.TOMCAT || stack == Stack.SPRING) {
          // OPTIONS alone is exempt: the request goes to https, where nobody listens here.
          assertThat(answer(outcome, 1).status()).isEqualTo(302);
        } else {
          outcome.assertReadable().assertStatus(200);
        }
      }
      case "cookie" -> {
        PageRequest login = PageRequest.fetch(API + "/login").method("POST");
        browser.load(PAGE, login.credentials(CredentialsMode.INCLUDE)).assertReadable();
        Outcome outcome = browser.load(PAGE, get.credentials(CredentialsMode.INCLUDE));
        outcome.assertReadable();
        assertThat(outcome.transcript().get(0).request().header("Cookie")).isNotEmpty();
      }
      default -> throw new AssertionError("There is no proof for " + name + ".");
    }
  }
}
