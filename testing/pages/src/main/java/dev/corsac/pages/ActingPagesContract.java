package dev.corsac.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import dev.corsac.Cors;
import dev.corsac.CorsPolicy;
import dev.corsac.Enforcement;
import dev.corsac.Risk;
import dev.corsac.chromium.Chromium;
import dev.corsac.chromium.Tab;
import dev.corsac.contract.AdapterContract;
import dev.corsac.contract.Application;
import dev.corsac.contract.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What pages of a real browser make a server do: the server's own page, one of a listed origin, a
 * sibling of the same site, a stranger's, and a stranger's whose name was made to lead to the
 * server.
 *
 * <p>The user has a cookie of the server, which the browser sends from all pages of its site. A
 * counter on the server tells what ran.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ActingPagesContract {
  private static final byte[] PAGE =
      "<!doctype html><title>a page</title><body></body>".getBytes(StandardCharsets.UTF_8);

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration LATE = Duration.ofMillis(300);

  private final AtomicInteger calls = new AtomicInteger();
  private volatile Cors current = Cors.off();
  private Server server = new Server(0, () -> {});
  private HttpServer pages = pages();
  private Chromium chromium = Chromium.start("--host-resolver-rules=MAP *.test 127.0.0.1");
  private Tab tab = chromium.newTab();

  /** For a subclass. */
  protected ActingPagesContract() {}

  /** See {@link AdapterContract#start}. */
  protected abstract Server start(Cors cors, Application application) throws Exception;

  @BeforeAll
  final void startServer() throws Exception {
    server = start(request -> current.decide(request), new Application());
    tab.open("http://api.site.test:" + server.port() + "/calls/none");
    tab.evaluate("document.cookie = 'session=1; path=/'");
  }

  @AfterAll
  final void stopServer() throws Exception {
    chromium.close();
    pages.stop(0);
    server.stop().run();
  }

  private static HttpServer pages() {
    try {
      HttpServer pages =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      pages.createContext(
          "/",
          exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(200, PAGE.length);
            exchange.getResponseBody().write(PAGE);
            exchange.close();
          });
      pages.start();
      return pages;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CorsPolicy policy(String name) {
    int port = pages.getAddress().getPort();
    CorsPolicy.Builder builder = CorsPolicy.builder().enforce(Enforcement.UNSAFE);
    if (!name.equals("any-host")) {
      builder.hosts("api.site.test", "127.0.0.1");
    }
    if (name.equals("any")) {
      return builder.allowAnyOrigin().build();
    }
    builder.allowOrigins("http://app.site.test:" + port);
    return switch (name) {
      case "unsafe", "any-host" -> builder.build();
      case "all" -> builder.enforce(Enforcement.ALL).build();
      case "report" -> builder.enforce(Enforcement.OFF).enforceReport(Enforcement.ALL).build();
      case "credentials" ->
          builder.allowCredentials().dangerouslyAllow(Risk.INSECURE_ORIGINS).build();
      case "trusted" ->
          builder
              .trustOrigins("http://blog.site.test:" + port)
              .dangerouslyAllow(Risk.INSECURE_ORIGINS)
              .build();
      default -> throw new IllegalArgumentException(name);
    };
  }

  @ParameterizedTest(name = "{0}: {2} of {1} runs {3}")
  @CsvSource(
      textBlock =
          """
          # the server's own page does as it likes
          unsafe, own, form, 1
          unsafe, own, fetch, 1
          unsafe, own, no-cors, 1
          unsafe, own, websocket, 1
          unsafe, own, beacon, 1
          unsafe, own, image, 1
          unsafe, own, link, 1
          all, own, get, 1
          all, own, fetch, 1
          # a listed origin acts without the user's cookie, and not with it
          unsafe, app, anonymous, 1
          unsafe, app, fetch, 0
          unsafe, app, no-cors, 0
          unsafe, app, form, 0
          unsafe, app, websocket, 0
          unsafe, app, link, 1
          credentials, app, fetch, 1
          credentials, app, no-cors, 1
          credentials, app, form, 1
          credentials, app, websocket, 1
          # a sibling of the same site, whose requests have the cookie
          unsafe, sibling, form, 0
          unsafe, sibling, top-form, 0
          unsafe, sibling, fetch, 0
          unsafe, sibling, no-cors, 0
          unsafe, sibling, anonymous, 0
          unsafe, sibling, json, 0
          unsafe, sibling, beacon, 0
          unsafe, sibling, websocket, 0
          unsafe, sibling, image, 1
          unsafe, sibling, link, 1
          credentials, sibling, form, 0
          trusted, sibling, form, 1
          trusted, sibling, fetch, 1
          trusted, sibling, json, 0
          any, sibling, form, 0
          any, sibling, anonymous, 1
          # a stranger
          unsafe, stranger, form, 0
          unsafe, stranger, top-form, 0
          unsafe, stranger, fetch, 0
          unsafe, stranger, no-cors, 0
          unsafe, stranger, json, 0
          unsafe, stranger, beacon, 0
          unsafe, stranger, websocket, 0
          unsafe, stranger, image, 1
          unsafe, stranger, link, 1
          all, stranger, get, 0
          all, stranger, link, 1
          any, stranger, anonymous, 1
          report, stranger, form, 1
          report, stranger, get, 1
          # a stranger whose name was made to lead to the server
          any-host, rebinding, fetch, 1
          unsafe, rebinding, fetch, 0
          unsafe, rebinding, form, 0
          unsafe, rebinding, json, 0
          unsafe, rebinding, websocket, 0
          unsafe, rebinding, image, 0
          unsafe, rebinding, link, 0
          all, rebinding, get, 0
          """)
  final void deed(String policy, String page, String deed, int runs) throws Exception {
    current = policy(policy);
    String call = "page-" + calls.incrementAndGet();
    try (Rebinding name = new Rebinding(pages.getAddress().getPort())) {
      tab.open(address(page, name));
      name.rebind(server.port());
      String to =
          (page.equals("rebinding")
                  ? "http://evil.test:" + name.port()
                  : "http://api.site.test:" + server.port())
              + "/run/"
              + call;
      if (deed.equals("link") || deed.equals("top-form")) {
        tab.leave(script(deed, to));
        tab.await("document.readyState === 'complete' && !location.href.endsWith('/page')");
      } else {
        tab.evaluate(script(deed, to));
      }
      if (deed.equals("beacon")) {
        Thread.sleep(LATE.toMillis());
      }
    }
    assertEquals(runs, ran(call));
  }

  private String address(String page, Rebinding name) {
    int port = pages.getAddress().getPort();
    return switch (page) {
      case "own" -> "http://api.site.test:" + server.port() + "/own/page";
      case "app" -> "http://app.site.test:" + port + "/page";
      case "sibling" -> "http://blog.site.test:" + port + "/page";
      case "stranger" -> "http://evil.test:" + port + "/page";
      case "rebinding" -> "http://evil.test:" + name.port() + "/page";
      default -> throw new IllegalArgumentException(page);
    };
  }

  private static String script(String deed, String to) {
    String form =
        "const form = document.createElement('form'); form.method = 'post'; form.action = '"
            + to
            + "'; document.body.append(form);";
    return switch (deed) {
      case "form" ->
          "new Promise(done => { const frame = document.createElement('iframe'); frame.name = 'f';"
              + " document.body.append(frame); "
              + form
              + " form.target = 'f'; frame.onload = done; form.submit(); })";
      case "top-form" -> "(() => { " + form + " form.submit(); })()";
      case "fetch" -> fetch(to, "{method: 'POST', credentials: 'include', body: 'x'}");
      case "anonymous" -> fetch(to, "{method: 'POST', credentials: 'omit', body: 'x'}");
      case "get" -> fetch(to, "{credentials: 'include'}");
      case "no-cors" ->
          fetch(to, "{method: 'POST', mode: 'no-cors', credentials: 'include', body: 'x'}");
      case "json" ->
          fetch(
              to,
              "{method: 'POST', credentials: 'include', body: '{}',"
                  + " headers: {'Content-Type': 'application/json'}}");
      case "beacon" -> "navigator.sendBeacon('" + to + "', 'x')";
      case "image" ->
          "new Promise(done => { const image = new Image(); image.onload = image.onerror = done;"
              + " image.src = '"
              + to
              + "'; })";
      case "websocket" ->
          "new Promise(done => { const socket = new WebSocket('"
              + to.replace("http:", "ws:")
              + "'); socket.onopen = socket.onclose = done; })";
      case "link" -> "void (location.href = '" + to + "')";
      default -> throw new IllegalArgumentException(deed);
    };
  }

  private static String fetch(String to, String options) {
    return "fetch('" + to + "', " + options + ").then(() => 0, () => 1)";
  }

  private int ran(String call) throws IOException, InterruptedException {
    return Integer.parseInt(
        CLIENT
            .send(HttpRequest.newBuilder(to("/calls/" + call)).build(), BodyHandlers.ofString())
            .body());
  }

  private URI to(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** No page is behind it. */
  @Test
  final void aClientThatIsNoBrowser_isUntouched() throws Exception {
    current = policy("all");
    HttpRequest post =
        HttpRequest.newBuilder(to("/run/curl"))
            .header("Cookie", "session=1")
            .POST(HttpRequest.BodyPublishers.ofString("x"))
            .build();
    assertEquals(200, CLIENT.send(post, BodyHandlers.ofString()).statusCode());
    assertEquals(1, ran("curl"));
  }
}
