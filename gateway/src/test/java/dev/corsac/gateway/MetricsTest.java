package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.config.CorsacConfig;
import dev.corsac.config.RouteConfig;
import dev.corsac.config.RouteOptions;
import dev.corsac.config.access.GuardsConfig;
import dev.corsac.config.access.IpRange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  private static Map<String, Double> metrics(Gateway gateway) {
    String text =
        Rig.raw(
            gateway.adminPort().orElseThrow(),
            "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(text)
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("content-type: text/plain; version=0.0.4");
    Map<String, Double> metrics = new TreeMap<>();
    text.substring(text.indexOf("\r\n\r\n") + 4)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line ->
                metrics.put(
                    line.substring(0, line.lastIndexOf(' ')),
                    Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
    return metrics;
  }

  /** A response may be read before it is counted. */
  private static Map<String, Double> metrics(Gateway gateway, String last) {
    Map<String, Double> metrics = metrics(gateway);
    for (int i = 0; i < 200 && !metrics.containsKey(last); i++) {
      sleep();
      metrics = metrics(gateway);
    }
    assertThat(metrics).containsKey(last);
    return metrics;
  }

  private static void sleep() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void decisionsAndResponses_areCountedByRouteKindAndReason() {
    rig.get("/a");
    rig.raw(
        "OPTIONS /a HTTP/1.1",
        "Host: a",
        "Origin: " + Rig.PAGE,
        "Access-Control-Request-Method: PUT",
        "Connection: close",
        "");
    rig.raw(
        "OPTIONS /a HTTP/1.1",
        "Host: a",
        "Origin: https://evil.example",
        "Access-Control-Request-Method: PUT",
        "Connection: close",
        "");
    rig.raw("GET /a HTTP/1.1", "Host: a", "Origin: https://evil.example", "Connection: close", "");
    rig.raw("GET /a HTTP/1.1", "Host: a", "Connection: close", "");
    rig.raw("GET /a HTTP/1.1", "Host: a", "Host: b", "");
    Map<String, Double> metrics =
        metrics(
            rig.gateway(), "corsac_responses_total{by=\"gateway\",route=\"none\",status=\"400\"}");
    assertThat(metrics)
        .containsEntry(decision("passed", "origin-allowed"), 1.0)
        .containsEntry(decision("preflight", "preflight-allowed"), 1.0)
        .containsEntry(decision("preflight", "origin-not-allowed"), 1.0)
        .containsEntry(decision("passed", "origin-not-allowed"), 1.0)
        .containsEntry(decision("passed", "no-origin"), 1.0)
        .containsEntry(
            "corsac_responses_total{by=\"upstream\",route=\"default\",status=\"200\"}", 3.0)
        .containsEntry(
            "corsac_responses_total{by=\"gateway\",route=\"default\",status=\"403\"}", 1.0)
        .containsEntry("corsac_refusals_total{reason=\"malformed\",route=\"none\"}", 1.0)
        .containsEntry("corsac_requests_seconds_count{route=\"default\"}", 5.0)
        .containsEntry("corsac_upstream_seconds_count{route=\"default\"}", 3.0)
        .containsEntry("corsac_upstream_seconds_bucket{route=\"default\",le=\"60.0\"}", 3.0)
        .containsEntry("corsac_ready", 1.0)
        .containsEntry("corsac_config_current", 1.0)
        .containsKeys(
            "corsac_connections",
            "corsac_connections_accepted_total",
            "corsac_config_loaded_seconds",
            "process_uptime_seconds",
            "jvm_memory_used_bytes{area=\"heap\",id=\"Tenured Gen\"}");
  }

  private static String decision(String kind, String reason) {
    return "corsac_decisions_total{kind=\""
        + kind
        + "\",reason=\""
        + reason
        + "\",route=\"default\"}";
  }

  @Test
  void whatComesToNothing_isCountedAsSuch() {
    rig.upstreamDoes(request -> request.connection().close());
    rig.raw("POST /a HTTP/1.1", "Host: a", "Content-Length: 0", "Connection: close", "");
    rig.upstreamDoes(request -> request.response().setStatusCode(299).end());
    rig.get("/b");
    rig.upstreamDoes(request -> request.response().setStatusCode(502).end());
    rig.get("/c");
    Map<String, Double> metrics =
        metrics(
            rig.gateway(),
            "corsac_responses_total{by=\"upstream\",route=\"default\",status=\"502\"}");
    assertThat(metrics)
        .containsEntry(
            "corsac_responses_total{by=\"gateway\",route=\"default\",status=\"502\"}", 1.0)
        .containsEntry(
            "corsac_responses_total{by=\"upstream\",route=\"default\",status=\"2xx\"}", 1.0)
        .containsEntry("corsac_refusals_total{reason=\"upstream-failed\",route=\"default\"}", 1.0);
  }

  @Test
  void aClientThatGoes_isCounted() throws IOException {
    rig.upstreamDoes(request -> {});
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.port())) {
      socket
          .getOutputStream()
          .write("GET /a HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }
    metrics(
        rig.gateway(), "corsac_responses_total{by=\"gateway\",route=\"default\",status=\"gone\"}");
  }

  @Test
  void whatGuardsSay_isCounted() {
    RouteOptions open =
        RouteOptions.builder(Rig.timeouts(java.time.Duration.ofSeconds(5)), 1000).build();
    CorsacConfig config =
        Rig.config(
            URI.create(rig.upstreamUrl()),
            Rig.policy().build(),
            route("/in/**", open, "127.0.0.0/8"),
            route("/out/**", open, "192.0.2.0/24"));
    try (Gateway gateway = Rig.start(config)) {
      for (String path : List.of("/in/a", "/out/a", "/out/b")) {
        Rig.raw(
            gateway.port(), "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      }
      Map<String, Double> metrics =
          metrics(
              gateway, "corsac_responses_total{by=\"gateway\",route=\"/out/**\",status=\"403\"}");
      assertThat(metrics)
          .containsEntry(
              "corsac_guards_total{guard=\"all\",result=\"admitted\",route=\"/in/**\"}", 1.0)
          .containsEntry(
              "corsac_guards_total{guard=\"ip_allow\",result=\"refused\",route=\"/out/**\"}", 2.0);
    }
  }

  private static RouteConfig route(String path, RouteOptions options, String range) {
    GuardsConfig guards =
        new GuardsConfig(
            List.of(IpRange.parse(range).orElseThrow()),
            false,
            java.util.Optional.empty(),
            java.util.Optional.empty());
    return RouteConfig.builder(path)
        .cors(Rig.policy().build())
        .options(options.toBuilder().guards(guards).build())
        .build();
  }

  @Test
  void nothingThatAClientSends_makesASeries() throws IOException {
    hostile(0, 20);
    long few = seriesOfGateway(metrics(rig.gateway()));
    hostile(20, 3000);
    Map<String, Double> many = metrics(rig.gateway());
    assertThat(seriesOfGateway(many)).isLessThanOrEqualTo(few + 5);
    assertThat(many.keySet()).noneMatch(name -> name.contains("evil"));
  }

  /** The JVM's depend on which collections of garbage there have been. */
  private static long seriesOfGateway(Map<String, Double> metrics) {
    assertThat(metrics.keySet()).anyMatch(name -> name.startsWith("jvm_"));
    return metrics.keySet().stream().filter(name -> !name.startsWith("jvm_")).count();
  }

  /** Each with its own origin, host, path, method, headers, query and trace. */
  private void hostile(int from, int to) throws IOException {
    StringBuilder all = new StringBuilder();
    for (int i = from; i < to; i++) {
      all.append("EVIL").append(i).append(" /evil").append(i).append("?evil").append(i);
      all.append(" HTTP/1.1\r\nHost: evil").append(i).append(".example\r\nOrigin: https://evil");
      all.append(i).append(".example\r\nX-Evil").append(i).append(": evil\r\nTraceparent: evil");
      all.append(i).append("\r\n\r\n");
    }
    all.append("GET /evil HTTP/1.1\r\nHost: evil\r\nConnection: close\r\n\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.port())) {
      Thread reader =
          new Thread(
              () -> {
                try {
                  socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                  // The end, too.
                }
              });
      reader.start();
      socket.getOutputStream().write(all.toString().getBytes(StandardCharsets.ISO_8859_1));
      reader.join(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void reloads_leaveNoSeriesBehind() {
    int before = metrics(rig.gateway()).size();
    for (int i = 0; i < 300; i++) {
      List<RouteConfig> routes = new ArrayList<>();
      for (int j = 0; j < (i == 299 ? 150 : 3); j++) {
        routes.add(
            RouteConfig.builder("/r" + i + "-" + j + "/**")
                .upstream(URI.create(rig.upstreamUrl()))
                .cors(Rig.policy().build())
                .build());
      }
      rig.gateway()
          .reload(
              Rig.config(
                  URI.create(rig.upstreamUrl()),
                  Rig.policy().build(),
                  routes.toArray(new RouteConfig[0])));
      if (i % 30 == 0) {
        rig.get("/r" + i + "-1/x");
      }
    }
    assertThat(metrics(rig.gateway()).size()).isLessThan(before + 60);
    for (int j = 0; j < 150; j++) {
      rig.get("/r299-" + j + "/x");
    }
    Map<String, Double> all =
        metrics(
            rig.gateway(),
            "corsac_decisions_total{kind=\"passed\",reason=\"origin-allowed\",route=\"more\"}");
    assertThat(all)
        .containsEntry(
            "corsac_decisions_total{kind=\"passed\",reason=\"origin-allowed\",route=\"more\"}",
            50.0);
  }

  @Test
  void traceContext_passesUnchanged() {
    List<String> seen = new CopyOnWriteArrayList<>();
    rig.upstreamDoes(
        request -> {
          for (String name : List.of("traceparent", "tracestate", "baggage")) {
            seen.addAll(request.headers().getAll(name));
          }
          request.response().end();
        });
    String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    rig.get(
        "/a",
        "traceparent: " + parent,
        "tracestate: congo=t61rcWkgMzE,rojo=00f067aa0ba902b7",
        "tracestate: more=1",
        "baggage: userId=Am%C3%A9lie;p=1,serverNode=DF%2028");
    rig.get("/a", "traceparent: not-one");
    assertThat(seen)
        .containsExactly(
            parent,
            "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7",
            "more=1",
            "userId=Am%C3%A9lie;p=1,serverNode=DF%2028",
            "not-one");
  }
}
