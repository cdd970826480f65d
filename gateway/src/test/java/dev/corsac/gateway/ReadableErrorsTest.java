package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corsac.CorsPolicy;
import dev.corsac.chromium.Chromium;
import dev.corsac.chromium.Tab;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong, a page that is allowed can read what. */
class ReadableErrorsTest {

  @Test
  void errors_reachAnAllowedPage_inChromium() {
    Vertx vertx = Vertx.vertx();
    HttpServer page =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request.response().putHeader("Content-Type", "text/html").end("<p>page</p>"))
            .listen(0, "127.0.0.1")
            .await();
    String origin = "http://localhost:" + page.actualPort();
    CorsPolicy policy = CorsPolicy.builder().allowOrigins(origin).allowCredentials().build();
    try (Rig rig = new Rig(policy);
        Chromium chromium = Chromium.start();
        Tab tab = chromium.newTab()) {
      rig.upstreamDoes(
          request -> {
            switch (request.path()) {
              case "/500" -> request.response().setStatusCode(500).end("broken");
              case "/401" -> request.response().setStatusCode(401).end("log in");
              case "/404" -> request.response().setStatusCode(404).end("nothing");
              case "/413" ->
                  request
                      .body()
                      .onSuccess(body -> request.response().setStatusCode(413).end("too much"));
              case "/hangs" -> {}
              case "/dies" -> request.connection().close();
              default -> request.response().end("ok");
            }
          });
      URI upstream = URI.create(rig.upstreamUrl());
      rig.gateway().reload(Rig.config(upstream, policy, 3_000_000, Rig.ENOUGH));
      tab.open(origin);
      assertThat(fetch(tab, rig, "/500", "")).isEqualTo("500 broken");
      assertThat(fetch(tab, rig, "/401", "")).isEqualTo("401 log in");
      assertThat(fetch(tab, rig, "/404", "")).isEqualTo("404 nothing");
      assertThat(fetch(tab, rig, "/413", post(1_000_000))).isEqualTo("413 too much");
      assertThat(fetch(tab, rig, "/own413", post(8_000_000)))
          .startsWith("413 Corsac gateway: the request's body is larger");
      assertThat(fetch(tab, rig, "/dies", "")).startsWith("502 Corsac gateway: upstream closed");
      rig.gateway().reload(Rig.config(upstream, policy, 3_000_000, Duration.ofMillis(500)));
      assertThat(fetch(tab, rig, "/hangs", "")).startsWith("504 Corsac gateway: upstream did not");
      rig.stopUpstream();
      assertThat(fetch(tab, rig, "/", "")).startsWith("502 Corsac gateway: the upstream refuses");
      assertThat(tab.failures()).isEmpty();
    } finally {
      vertx.close().await();
    }
  }

  private static String post(int size) {
    return ", {method: 'POST', credentials: 'include', body: 'x'.repeat(" + size + ")}";
  }

  private static String fetch(Tab tab, Rig rig, String path, String options) {
    JsonNode answer =
        tab.evaluate(
            "fetch('http://localhost:"
                + rig.port()
                + path
                + "'"
                + options
                + ").then(async r => r.status + ' ' + await r.text()).catch(e => String(e))");
    return answer.asText();
  }
}
