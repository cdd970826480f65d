package dev.corsac.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsac.gateway.http.MalformedMessageException;
import dev.corsac.gateway.watch.EventLog;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalAddress;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Vert.x is told of what an upstream sends. */
class UpstreamCodecTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  /** A part that stands for the end of the connection. */
  private static final String CLOSE = "close";

  private static final String POISON = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison";

  private static EmbeddedChannel channel() {
    return new EmbeddedChannel(codec(suspects()));
  }

  private static Suspects suspects() {
    return new Suspects(new EventLog(() -> false));
  }

  private static UpstreamCodec codec(Suspects suspects) {
    return new UpstreamCodec(4096, 65536, suspects);
  }

  /** What was seen, such as {@code 103 200[ok] kept}. */
  private static String seen(HttpMethod method, String... parts) {
    EmbeddedChannel channel = channel();
    HttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, "/");
    return exchange(channel, request, parts);
  }

  private static String exchange(EmbeddedChannel channel, HttpRequest request, String... parts) {
    channel.writeOutbound(request);
    for (String part : parts) {
      if (part.equals(CLOSE)) {
        channel.close().syncUninterruptibly();
      } else if (channel.isOpen()) {
        channel.writeInbound(Unpooled.copiedBuffer(part, StandardCharsets.ISO_8859_1));
      }
    }
    boolean open = channel.isOpen();
    StringBuilder seen = new StringBuilder();
    boolean close = false;
    HttpResponse head = null;
    for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
      if (((HttpObject) next).decoderResult().isFailure()) {
        seen.append("broken ");
        close = true;
      } else if (next instanceof HttpResponse response) {
        head = response;
        seen.append(response.status().code()).append(' ');
      } else if (next instanceof HttpContent content) {
        seen.append(content.content().toString(StandardCharsets.ISO_8859_1));
        if (next instanceof LastHttpContent && head != null) {
          close |= head.headers().containsValue("Connection", "close", true);
          seen.append(open && !close ? " kept" : " closed");
        }
      }
      ReferenceCountUtil.release(next);
    }
    channel.finishAndReleaseAll();
    return seen.toString().strip();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\nContent-Length: 0\r\n\r\nok",
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\ncontent-length:\r\n\r\nok",
        "HTTP/1.1 +200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 0200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 +103 Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1  200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 \t200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1\t200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200\tOK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200\rOK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nX A: b\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nno colon\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\n: no name\r\nContent-Length: 2\r\n\r\nok"
      })
  void lineThatCanBeReadInTwoWays_breaksTheResponse(String response) {
    assertThat(seen(HttpMethod.GET, response)).startsWith("broken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200", "HTTP/1.1 200 ", "HTTP/1.1 200  OK", "HTTP/1.1 200 O\tK"})
  void reasonPhrase_mayBeNone_andHaveBlanks(String line) {
    String response = line + "\r\nContent-Length: 2\r\n\r\nok";
    String longer = "HTTP/1.1 103 Early Hints so long that it fills more\r\n\r\n" + response;
    assertThat(seen(HttpMethod.GET, response)).isEqualTo("200 ok kept");
    assertThat(seen(HttpMethod.GET, longer)).endsWith("200 ok kept");
  }

  @Test
  void trailerWithoutAName_breaksTheResponse() {
    String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n";
    assertThat(seen(HttpMethod.GET, head + "X: y\r\n\r\n")).isEqualTo("200 ok kept");
    assertThat(seen(HttpMethod.GET, head + "X : y\r\n\r\n")).contains("broken");
  }

  @ParameterizedTest
  @CsvSource({
    "'', false",
    "HTTP/1.1 20, true",
    "'HTTP/1.1 200 OK\nX: ', true",
    "'HTTP/1.1 102 Processing\n\n', true"
  })
  void reset_isOneOfTheConnection_onlyBeforeAResponse(String begun, boolean response) {
    EmbeddedChannel channel = channel();
    channel.writeOutbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));
    channel.writeInbound(
        Unpooled.copiedBuffer(begun.replace("\n", "\r\n"), StandardCharsets.ISO_8859_1));
    channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
    assertThatThrownBy(channel::checkException)
        .isInstanceOf(response ? MalformedMessageException.class : IOException.class);
    channel.finishAndReleaseAll();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 102, 104, 110, 150, 199})
  void interimResponses_areDropped(int status) {
    String interim = "HTTP/1.1 " + status + " Wait\r\nX-A: b\r\n\r\n";
    assertThat(seen(HttpMethod.GET, interim + OK)).isEqualTo("200 ok kept");
    assertThat(seen(HttpMethod.GET, interim, interim, OK)).isEqualTo("200 ok kept");
    assertThat(seen(HttpMethod.HEAD, interim, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"))
        .isEqualTo("200  kept");
  }

  @Test
  void earlyHints_pass_upToALimit() {
    String hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
    assertThat(seen(HttpMethod.GET, hints + hints, OK)).isEqualTo("103 103 200 ok kept");
    assertThat(seen(HttpMethod.GET, hints.repeat(100) + OK))
        .isEqualTo("103 ".repeat(InterimResponses.MOST_PASSED) + "200 ok kept");
    assertThat(seen(HttpMethod.GET, hints.repeat(InterimResponses.MOST + 1) + OK))
        .endsWith("103 broken");
    String large = "HTTP/1.1 102 Wait\r\nX: " + "a".repeat(60_000) + "\r\n\r\n";
    assertThat(seen(HttpMethod.GET, large.repeat(18) + OK)).isEqualTo("broken");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          HTTP/1.1 000 X~Content-Length: 2~~ok
          HTTP/1.1 099 X~Content-Length: 2~~ok
          HTTP/1.1 600 X~Content-Length: 2~~ok
          HTTP/1.1 999 X~Content-Length: 2~~ok
          HTTP/1.1 1000 X~Content-Length: 2~~ok
          HTTP/1.1 -1 X~Content-Length: 2~~ok
          HTTP/1.1 200 O^K~Content-Length: 2~~ok
          HTTP/1.1 200 OK~Content-Length: 2~Content-Length: 5~~ok
          HTTP/1.1 200 OK~Content-Length: 2~Content-Length: 2~~ok
          HTTP/1.1 200 OK~Content-Length: 2, 5~~ok
          HTTP/1.1 200 OK~Content-Length: +2~~ok
          HTTP/1.1 200 OK~Content-Length: -2~~ok
          HTTP/1.1 200 OK~Content-Length:~~ok
          HTTP/1.1 200 OK~Content-Length: 99999999999999999999~~ok
          HTTP/1.1 200 OK~Content-Length: 2~Transfer-Encoding: chunked~~0~~
          HTTP/1.1 200 OK~Transfer-Encoding: gzip, chunked~~0~~
          HTTP/1.1 200 OK~Transfer-Encoding: cow~~ok
          HTTP/1.1 200 OK~Transfer-Encoding: chunked~Transfer-Encoding: chunked~~0~~
          HTTP/1.0 200 OK~Transfer-Encoding: chunked~~0~~
          HTTP/1.1 200 OK~: b~Content-Length: 2~~ok
          HTTP/1.1 200 OK~X-A: a^b~Content-Length: 2~~ok
          HTTP/1.1 101 Switching Protocols~Upgrade: websocket~Connection: Upgrade~~poison
          HTTP/1.1 103 Early Hints~Content-Length: 2~Content-Length: 3~~HTTP/1.1 200 OK~Content-Length: 0~~
          SSH-2.0-OpenSSH_9~
          """)
  void whatIsNoResponse_isRefused(String response) {
    String bytes = response.replace("~", "\r\n").replace('^', '\u0001');
    assertThat(seen(HttpMethod.GET, bytes)).startsWith("broken").doesNotContain("kept");
  }

  @ParameterizedTest
  @ValueSource(strings = {"H", "HTTP/1.1 200 OK\r\n", "\r\n", "\u0000", POISON, POISON + POISON})
  void connection_isNotKept_afterSurplusBytes(String surplus) {
    for (String response :
        List.of(
            OK,
            "HTTP/1.1 304 Not Modified\r\n\r\n",
            "HTTP/1.1 204 No Content\r\nContent-Length: 6\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")) {
      assertThat(seen(HttpMethod.GET, response + surplus)).endsWith("closed").doesNotContain("poi");
      assertThat(seen(HttpMethod.GET, response)).endsWith("kept");
      assertThat(closedBy(response, surplus)).as("bytes between requests").isTrue();
    }
  }

  private static boolean closedBy(String response, String later) {
    EmbeddedChannel channel = channel();
    channel.writeOutbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));
    channel.writeInbound(Unpooled.copiedBuffer(response, StandardCharsets.ISO_8859_1));
    channel.writeInbound(Unpooled.copiedBuffer(later, StandardCharsets.ISO_8859_1));
    boolean closed = !channel.isOpen();
    channel.finishAndReleaseAll();
    return closed;
  }

  @Test
  void connection_isNotKept_afterAnEarlyResponse() {
    EmbeddedChannel channel = channel();
    HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
    head.headers().set("Content-Length", 5);
    assertThat(exchange(channel, head, OK)).isEqualTo("200 ok closed");
  }

  @Test
  void nothingAtAll_mayComeBeforeARequest() {
    EmbeddedChannel channel = channel();
    channel.writeInbound(Unpooled.copiedBuffer(OK, StandardCharsets.ISO_8859_1));
    assertThat(channel.isOpen()).isFalse();
    assertThat(channel.<Object>readInbound()).isNull();
  }

  /** The start of a response, on a second request of which the system has not taken the head. */
  @Test
  void nothing_mayComeBeforeTheHeadIsSent() {
    for (boolean sent : List.of(true, false)) {
      EmbeddedChannel channel = new EmbeddedChannel(codec(suspects()));
      receive(channel, OK);
      ChannelFuture written = channel.write(get());
      if (sent) {
        channel.flush();
      }
      assertThat(written.isDone()).isEqualTo(sent);
      channel.writeInbound(Unpooled.copiedBuffer(OK, StandardCharsets.ISO_8859_1));
      assertThat(channel.isOpen()).isEqualTo(sent);
      assertThat(channel.inboundMessages()).hasSize(sent ? 4 : 2);
      channel.finishAndReleaseAll();
    }
  }

  /** One request and what comes then; the channel stays as it is. */
  private static void receive(EmbeddedChannel channel, String bytes) {
    channel.writeOutbound(get());
    channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
  }

  private static HttpRequest get() {
    return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
  }

  /** What an upstream sends unasked, on one connection, and what becomes of another. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          true  | HTTP/1.1 200 OK~Content-Length: 6~~poison
          true  | x
          true  | HTTP/1.1 400 Bad Request~~
          false | HTTP/1.1 408 Request Timeout~Connection: close~~
          """)
  void whoSendsUnasked_isGivenNoConnectionTwice(boolean suspect, String unasked) {
    String bytes = unasked.replace("~", "\r\n");
    for (boolean atOnce : List.of(true, false)) {
      Suspects suspects = suspects();
      EmbeddedChannel first = new EmbeddedChannel(codec(suspects));
      receive(first, atOnce ? OK + bytes : OK);
      if (!atOnce) {
        first.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
        assertThat(first.isOpen()).isFalse();
      }
      first.finishAndReleaseAll();
      EmbeddedChannel next = new EmbeddedChannel(codec(suspects));
      assertThat(exchange(next, get(), OK))
          .isEqualTo(suspect || atOnce ? "200 ok closed" : "200 ok kept");
    }
  }

  @Test
  void suspicion_ends() {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    Suspects suspects = new Suspects(new EventLog(() -> false), now::get);
    SocketAddress one = new LocalAddress("one");
    suspects.add(one);
    assertThat(suspects.has(one)).isTrue();
    assertThat(suspects.has(new LocalAddress("two"))).isFalse();
    now.addAndGet(TimeUnit.MINUTES.toNanos(Suspects.MINUTES) - 1);
    assertThat(suspects.has(one)).isTrue();
    now.addAndGet(1);
    assertThat(suspects.has(one)).isFalse();
  }

  @Test
  void bodyUntilClose_ends_andAShortOneDoesNot() {
    assertThat(seenClosed("HTTP/1.1 200 OK\r\n\r\nuntil close"))
        .isEqualTo("200 until close closed");
    assertThat(seenClosed("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")).endsWith("half");
  }

  private static String seenClosed(String response) {
    return seen(HttpMethod.GET, response, CLOSE);
  }

  /** Pieces of responses, good and bad, in any order and cut anywhere. */
  @Property(tries = 2000)
  void onlyOneWholeResponse_keepsAConnection(
      @ForAll("pieces") List<String> pieces, @ForAll("cuts") List<Integer> cuts) {
    String bytes = String.join("", pieces);
    String whole = seen(HttpMethod.GET, bytes);
    boolean oneResponse =
        bytes.matches(
            "(?s)(HTTP/1.1 (102 W|103 H)\r\nX: y\r\n\r\n)*"
                + "HTTP/1.1 200 OK\r\n(Content-Length: 2\r\n\r\nok"
                + "|Transfer-Encoding: chunked\r\n\r\n(2\r\nok\r\n)*0\r\n\r\n)");
    assertThat(whole.endsWith("kept")).as("%s of %s", whole, bytes).isEqualTo(oneResponse);
    String cut = seen(HttpMethod.GET, cut(bytes, cuts));
    if (oneResponse) {
      assertThat(cut).isEqualTo(whole);
    }
    assertThat(cut.contains("200")).isEqualTo(whole.contains("200"));
  }

  private static String[] cut(String bytes, List<Integer> cuts) {
    StringBuilder parts = new StringBuilder(bytes);
    cuts.stream()
        .filter(at -> at < bytes.length())
        .distinct()
        .sorted((a, b) -> b - a)
        .forEach(at -> parts.insert((int) at, "|"));
    return parts.toString().split("\\|", -1);
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(0, 120).list().ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<String>> pieces() {
    return Arbitraries.of(
            "HTTP/1.1 102 W\r\nX: y\r\n\r\n",
            "HTTP/1.1 103 H\r\nX: y\r\n\r\n",
            "HTTP/1.1 200 OK\r\n",
            "Content-Length: 2\r\n\r\nok",
            "Transfer-Encoding: chunked\r\n\r\n",
            "2\r\nok\r\n",
            "0\r\n\r\n",
            OK,
            "HTTP/1.1 101 X\r\nUpgrade: websocket\r\n\r\n",
            "\r\n",
            "\u0000",
            "x")
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }
}
