package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A response that is broken before any of it has left for the client. */
class BrokenResponseTest {

  @Test
  void bodyThatIsMalformedAtOnce_isToldToEachClient() throws Exception {
    RawUpstream.Script script =
        (head, connection) ->
            RawUpstream.send(
                connection,
                "HTTP/1.1 200 Fine\r\nX-A: b\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\nzz\r\n");
    try (RawUpstream upstream = new RawUpstream(script);
        Gateway gateway =
            Rig.start(
                Rig.config(
                    upstream.uri(), Rig.policy().build(), 10_000_000, Duration.ofSeconds(5)));
        Http2Client client = new Http2Client(gateway.port())) {
      String old = "GET / HTTP/1.0\r\nHost: a\r\nOrigin: " + Rig.PAGE + "\r\n\r\n";
      assertThat(Rig.raw(gateway.port(), old))
          .startsWith("HTTP/1.0 502 Bad Gateway\r\n")
          .contains("its body is malformed.")
          .doesNotContainIgnoringCase("X-A", "Transfer-Encoding");
      client.get(1, "/one");
      assertThat(client.response(1)).startsWith("502 Corsac gateway: upstream's response");
    }
  }
}
