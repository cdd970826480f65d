package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TRACE, and OPTIONS for one of the servers on the way (RFC 9110 sections 7.6.2 and 9.3.8). */
class TracedMethodsTest {
  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "TRACK"})
  void trace_isRefused_underThePolicy(String method) {
    List<String> targets = new CopyOnWriteArrayList<>();
    rig.upstreamNotes(targets);
    assertThat(
            rig.raw(
                method + " / HTTP/1.1",
                "Host: a",
                "Origin: " + Rig.PAGE,
                "Max-Forwards: 0",
                "Cookie: id=secret",
                "Connection: close",
                ""))
        .startsWith("HTTP/1.1 405")
        .containsIgnoringCase("Allow: GET, HEAD,")
        .containsIgnoringCase("Access-Control-Allow-Origin: " + Rig.PAGE)
        .doesNotContain("secret");
    assertThat(targets).isEmpty();
  }

  @Test
  void options_thatMayGoNoFurther_isAnsweredHere() {
    List<String> targets = new CopyOnWriteArrayList<>();
    rig.upstreamNotes(targets);
    for (String target : List.of("/", "*")) {
      assertThat(
              rig.raw(
                  "OPTIONS " + target + " HTTP/1.1",
                  "Host: a",
                  "Max-Forwards: 0",
                  "Connection: close",
                  ""))
          .startsWith("HTTP/1.1 204");
    }
    assertThat(targets).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "OPTIONS, 1, 0",
    "OPTIONS, 010, 9",
    "OPTIONS, 999999999, 999999998",
    "OPTIONS, 9999999999, 9999999999",
    "OPTIONS, -1, -1",
    "OPTIONS, x, x",
    "GET, 0, 0",
    "POST, 5, 5"
  })
  void otherRequests_pass_withOneLess(String method, String sent, String passed) {
    rig.upstreamDoes(
        request -> request.response().end("[" + request.getHeader("Max-Forwards") + "]"));
    assertThat(
            rig.raw(
                method + " / HTTP/1.1",
                "Host: a",
                "Max-Forwards: " + sent,
                "Content-Length: 0",
                "Connection: close",
                ""))
        .startsWith("HTTP/1.1 200")
        .endsWith("[" + passed + "]");
  }
}
