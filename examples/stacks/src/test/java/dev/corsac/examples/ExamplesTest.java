package dev.corsac.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.browser.Body;
import dev.corsac.browser.Browser;
import dev.corsac.browser.Cause;
import dev.corsac.browser.CredentialsMode;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.http.HttpTransport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedInvocationConstants;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a browser makes of every example, over HTTP. */
@ParameterizedClass(name = ParameterizedInvocationConstants.ARGUMENT_SET_NAME_PLACEHOLDER)
@MethodSource("servers")
class ExamplesTest {
  private static final String API = "https://api.example.com";

  private final Page app = Page.of("https://app.example.com");
  private final Page stranger = Page.of("https://evil.example.net");
  private final Running server;

  ExamplesTest(Running server) {
    this.server = server;
  }

  static List<Arguments> servers() throws Exception {
    List<Arguments> servers = new ArrayList<>();
    for (String stack : Examples.ALL.keySet()) {
      servers.add(Arguments.argumentSet(stack, Examples.start(stack, 0)));
    }
    return servers;
  }

  @AfterParameterizedClassInvocation
  static void stop(Running server) throws Exception {
    server.stop().run();
  }

  private Browser browser() {
    return Browser.chromium(HttpTransport.create().map(API, "http://127.0.0.1:" + server.port()));
  }

  private static PageRequest fetch(String method, String path) {
    return PageRequest.fetch(API + path).method(method).credentials(CredentialsMode.INCLUDE);
  }

  @Test
  void allowedPageReads() {
    browser().load(app, fetch("GET", "/api/data")).assertReadable().assertStatus(200);
  }

  @Test
  void unlistedPageIsBlocked() {
    browser().load(stranger, fetch("GET", "/api/data")).assertBlocked(Cause.ALLOW_ORIGIN_MISSING);
  }

  @Test
  void jsonIsPreflightedAndReceived() {
    PageRequest post =
        fetch("POST", "/api/data")
            .header("Content-Type", "application/json")
            .header("X-Custom-Header", "1")
            .body(Body.text("{\"name\": \"Ada\"}"));
    Outcome outcome = browser().load(app, post);
    outcome.assertPreflighted().assertStatus(200);
    assertThat(outcome.assertReadable().assertStatus(201).body()).contains("\"characters\": 15");
    browser().load(stranger, post).assertBlocked(Cause.PREFLIGHT_ALLOW_ORIGIN_MISSING);
  }

  @Test
  void totalCountIsRead() {
    browser()
        .load(app, fetch("GET", "/api/items"))
        .assertReadable()
        .assertHeader("X-Total-Count", "42");
  }

  @Test
  void loginCookieGoesAlong() {
    Browser browser = browser();
    browser.load(app, fetch("GET", "/protected")).assertReadable().assertStatus(401);
    browser.load(app, fetch("POST", "/login")).assertReadable();
    browser.load(app, fetch("GET", "/protected")).assertReadable().assertStatus(200);
  }

  @Test
  void notFoundIsReadToo() {
    Outcome outcome = browser().load(app, fetch("GET", "/no/such/path"));
    outcome.assertReadable().assertStatus(404);
    outcome.transcript().get(0).assertLists("Vary", "Origin");
  }
}
