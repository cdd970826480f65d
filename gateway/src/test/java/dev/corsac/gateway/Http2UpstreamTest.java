package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.config.ConfigLoader;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an upstream of HTTP/2 is asked, and what becomes of what it sends, whatever that is. */
class Http2UpstreamTest {
  private static final int REFUSED_STREAM = 7;
  private static final int CANCEL = 8;

  @TempDir private Path folder = Path.of("replaced by JUnit");
  private volatile RawHttp2Upstream.Script script = (head, stream) -> whole(stream);
  private final RawHttp2Upstream upstream =
      new RawHttp2Upstream((head, stream) -> script.respond(head, stream));
  private @Nullable Gateway gateway;
  private String url = "";

  @BeforeEach
  void start() throws IOException {
    Path file = folder.resolve("corsac.yaml");
    Files.writeString(
        file,
        """
        listen: 127.0.0.1:0
        timeouts: { drain: 0s, request: 10s }
        upstream: %s
        upstream_protocol: h2
        cors: { allow_origins: [https://page.example] }
        """
            .formatted(upstream.uri()));
    Gateway started = Gateway.start(ConfigLoader.load(file, Map.of()).config().orElseThrow());
    url = started.url();
    gateway = started;
  }

  @AfterEach
  void close() {
    if (gateway != null) {
      gateway.close();
    }
    upstream.close();
  }

  private static void whole(RawHttp2Upstream.Stream stream) throws IOException {
    stream.head(false, ":status", "200", "x-final", "yes").data(true, "whole");
  }

  private String curl(String path, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "-i", "--max-time", "20"));
    command.addAll(List.of(arguments));
    command.add(url + path);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  @Test
  void authority_saysWhatHostWould() throws Exception {
    assertThat(curl("/", "-H", "Host: shop.example:99")).startsWith("HTTP/1.1 200");
    assertThat(curl("/", "-H", "Host: [2001:db8::1]:99")).startsWith("HTTP/1.1 200");
    assertThat(curl("/", "--http2-prior-knowledge", "-H", "Host: shop.example"))
        .startsWith("HTTP/2 200");
    assertThat(upstream.heads().stream().map(Http2Headers::authority).map(String::valueOf))
        .containsExactly("shop.example:99", "[2001:db8::1]:99", "shop.example");
    assertThat(upstream.heads()).noneMatch(head -> head.contains("host"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"100", "102", "103", "104", "199"})
  void interimResponses_endNothing(String status) throws Exception {
    script =
        (head, stream) -> {
          stream.head(false, ":status", status, "link", "</a>", "access-control-allow-origin", "*");
          stream.head(false, ":status", status, "link", "</b>");
          whole(stream);
        };
    for (String version : List.of("--http1.1", "--http2-prior-knowledge")) {
      String told = curl("/", version, "-H", "Origin: https://evil.example");
      assertThat(told).contains(" 200", "x-final: yes").endsWith("whole");
      assertThat(told).doesNotContain("access-control-allow-origin");
      assertThat(told.contains("</b>")).isEqualTo(status.equals("103"));
    }
  }

  @Test
  void interimResponsesWithoutEnd_endTheirOwnStream() throws Exception {
    script =
        (head, stream) -> {
          for (int i = 0; i < 2000 && !String.valueOf(head.path()).equals("/good"); i++) {
            stream.head(false, ":status", "103", "link", "</a>");
          }
          whole(stream);
        };
    String told = curl("/");
    assertThat(told).contains("HTTP/1.1 502");
    assertThat(told.split("103 Early Hints", -1)).hasSizeLessThan(30);
    assertThat(curl("/good")).startsWith("HTTP/1.1 200").endsWith("whole");
    assertThat(upstream.connections()).isLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "20", "2000", "099", "600", "999", "+20", "101", "2 0"})
  void statusThatIsNone_endsItsOwnStream(String status) throws Exception {
    script =
        (head, stream) -> {
          if (String.valueOf(head.path()).equals("/good")) {
            whole(stream);
          } else {
            stream.head(false, ":status", status).data(true, "body");
          }
        };
    assertThat(curl("/")).startsWith("HTTP/1.1 502");
    assertThat(curl("/good")).startsWith("HTTP/1.1 200").endsWith("whole");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5, 6", "+5", "-5", "5x", "05 ", "6", "4", "99999999999999999999"})
  void lengthThatIsNone_isNoResponse(String length) throws Exception {
    script =
        (head, stream) ->
            stream.head(false, ":status", "200", "content-length", length).data(true, "whole");
    assertThat(curl("/"))
        .satisfiesAnyOf(
            told -> assertThat(told).startsWith("HTTP/1.1 502"),
            // The head was under way when the body turned out to be another.
            told -> assertThat(told).contains("curl: ("));
  }

  @Test
  void twoLengths_areOne_orNoResponse() throws Exception {
    script =
        (head, stream) ->
            stream
                .head(
                    false,
                    ":status",
                    "200",
                    "content-length",
                    "5",
                    "content-length",
                    String.valueOf(head.path()).substring(1))
                .data(true, "whole");
    assertThat(curl("/5"))
        .startsWith("HTTP/1.1 200")
        .containsOnlyOnce("content-length: 5\r\n")
        .endsWith("whole");
    assertThat(curl("/6")).startsWith("HTTP/1.1 502");
  }

  @Test
  void refusedStream_isAskedOnceMore() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    script =
        (head, stream) -> {
          if (asked.getAndIncrement() == 0) {
            stream.reset(REFUSED_STREAM);
          } else {
            whole(stream);
          }
        };
    assertThat(curl("/")).startsWith("HTTP/1.1 200").endsWith("whole");
    asked.set(0);
    assertThat(curl("/", "-d", "body")).startsWith("HTTP/1.1 502");
    script = (head, stream) -> stream.reset(REFUSED_STREAM);
    assertThat(curl("/")).startsWith("HTTP/1.1 502");
    int before = upstream.heads().size();
    script = (head, stream) -> stream.reset(CANCEL);
    assertThat(curl("/")).startsWith("HTTP/1.1 502");
    assertThat(upstream.heads()).hasSize(before + 1);
  }
}
