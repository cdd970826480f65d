package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.CorsPolicy;
import dev.corsac.config.RouteConfig;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that two servers could take for two different ones get no further than here. */
class RequestTargetTest {
  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void ambiguousAndMalformedTargets_areRefused() {
    List<String> reached = new CopyOnWriteArrayList<>();
    rig.upstreamDoes(
        request -> {
          reached.add(request.uri());
          request.response().end();
        });
    CorsPolicy any = CorsPolicy.builder().allowAnyOrigin().build();
    URI upstream = URI.create(rig.upstreamUrl());
    rig.gateway()
        .reload(
            Rig.config(
                upstream,
                Rig.policy().build(),
                RouteConfig.builder("/public/**").upstream(upstream).cors(any).build()));
    for (String path :
        List.of(
            "/public/../admin",
            "/public/%2e%2e/admin",
            "//public/x",
            "/public%2f..%2fadmin",
            "/public;x/a",
            "/PUBLIC/x",
            "/public/x#/admin",
            "//h/public/x",
            "/\\\\h/public/x",
            "/%5ch/public/x",
            "http://h//h/public/x",
            "http://h?/public/x",
            "http:/public/x",
            "public/x",
            "nonsense")) {
      assertThat(rig.get(path)).as(path).startsWith("HTTP/1.1 400");
    }
    assertThat(reached).isEmpty();
    assertThat(rig.get("http://elsewhere.example/public/x?q=1"))
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("Access-Control-Allow-Origin: *");
    assertThat(reached).containsExactly("/public/x?q=1");
  }

  @Test
  void requestsThatServersReadDifferently_areRefused() {
    assertThat(rig.raw("GET / HTTP/1.1", "Host: a", "Host: b", "Connection: close", ""))
        .startsWith("HTTP/1.1 400");
    assertThat(rig.raw("GET / HTTP/1.1", "Connection: close", "")).startsWith("HTTP/1.1 400");
    assertThat(
            rig.raw(
                "POST / HTTP/1.1", "Host: a", "Content-Length: 1", "Content-Length: 2", "", "xx"))
        .startsWith("HTTP/1.1 400");
    assertThat(rig.raw("CONNECT a:443 HTTP/1.1", "Host: a:443", "Connection: close", ""))
        .startsWith("HTTP/1.1 400");
  }

  @Test
  void prefixOfAnUpstream_isNotLeft() {
    rig.upstreamDoes(request -> request.response().end(request.uri()));
    rig.gateway().reload(Rig.config(URI.create(rig.upstreamUrl() + "/v1/"), Rig.policy().build()));
    assertThat(rig.get("/x?y")).endsWith("/v1/x?y");
    assertThat(rig.get("/../admin")).startsWith("HTTP/1.1 400");
    for (String path :
        List.of(
            "/a/%2E%2e/%2e./b",
            "/..;/admin",
            "/..%3b/admin",
            "/..%2fadmin",
            "/%252e%252e/admin",
            "/..%20/admin",
            "/..%c0%afadmin",
            "/x//../../../admin")) {
      assertThat(rig.get(path)).as(path).startsWith("HTTP/1.1 400");
    }
    assertThat(rig.get("/a/../b;c//d%2Fe")).endsWith("/v1/a/../b;c//d%2Fe");
  }

  @Test
  void theServerAsAWhole_hasNoPrefix() {
    rig.upstreamDoes(request -> request.response().end(request.uri()));
    rig.gateway().reload(Rig.config(URI.create(rig.upstreamUrl() + "/v1"), Rig.policy().build()));
    assertThat(rig.raw("OPTIONS * HTTP/1.1", "Host: a", "Connection: close", ""))
        .startsWith("HTTP/1.1 200")
        .endsWith("*");
    assertThat(rig.raw("GET * HTTP/1.1", "Host: a", "Connection: close", ""))
        .startsWith("HTTP/1.1 400");
  }
}
