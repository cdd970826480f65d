package dev.corsac.attacks.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.attacks.http.Reading.Malformed;
import dev.corsac.attacks.http.Reading.Unfinished;
import dev.corsac.attacks.http.Reading.Whole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Http1ReaderTest {
  private static final String POST = "POST /a HTTP/1.1\r\nHost: a\r\n";

  @Test
  void whatASenderMayWrite_isReadByAll() {
    for (String bytes :
        new String[] {
          "GET /a HTTP/1.1\r\nHost: a\r\n\r\n",
          POST + "Content-Length: 5\r\n\r\nhello",
          POST + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\n\r\n"
        }) {
      assertThat(Http1Reader.STRICT.request(bytes, 0))
          .isInstanceOf(Whole.class)
          .isEqualTo(Http1Reader.TOLERANT.request(bytes, 0));
      assertThat(LenientReader.ALL).allMatch(reader -> reader.count(bytes) == 1);
      assertThat(LenientReader.ALL).allMatch(reader -> reader.count(bytes + bytes) == 2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Content-Length: 5\r\nContent-Length: 0\r\n\r\n",
        "Content-Length : 5\r\n\r\nhello",
        "Transfer-Encoding: xchunked\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n",
        "Host: b\r\n\r\n"
      })
  void whatIsAnError_isReadByNone(String rest) {
    assertThat(Http1Reader.STRICT.request(POST + rest, 0)).isInstanceOf(Malformed.class);
    assertThat(Http1Reader.TOLERANT.request(POST + rest, 0)).isInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /a HTTP/1.1\nHost: a\n\n",
        "GET /a HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n",
        " GET\t/a  HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;a=b\r\nx\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx"
      })
  void whatARecipientMayTake_noSenderMayWrite(String bytes) {
    assertThat(Http1Reader.TOLERANT.request(bytes, 0)).isInstanceOf(Whole.class);
    assertThat(Http1Reader.STRICT.request(bytes, 0)).isNotInstanceOf(Whole.class);
  }

  @Test
  void halfAMessage_isUnfinished() {
    String bytes = POST + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    for (int end = 0; end < bytes.length(); end++) {
      assertThat(Http1Reader.STRICT.request(bytes.substring(0, end), 0))
          .as(bytes.substring(0, end))
          .isInstanceOf(Unfinished.class);
    }
  }

  @Test
  void bothLengths_areTwoRequestsToSome() {
    String inner = "GET /b HTTP/1.1\r\nHost: a\r\n\r\n";
    String bytes =
        POST
            + "Content-Length: "
            + (5 + inner.length())
            + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            + inner;
    assertThat(LenientReader.ALL.stream().map(reader -> reader.count(bytes))).contains(1, 2);
  }

  @Test
  void unfinishedRequest_mayFollowEmptyLines() {
    assertThat(
            Http1Reader.TOLERANT.unfinished("\n\r\nPOST / HTTP/1.0\r\nContent-Length: 5\r\n\r\n\n"))
        .extracting(Message::first)
        .containsExactly("POST / HTTP/1.0");
  }
}
