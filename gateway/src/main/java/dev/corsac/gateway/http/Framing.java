package dev.corsac.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How a request's body is delimited (RFC 9112 section 6), and what makes a head one that two
 * recipients could read differently.
 *
 * <p>Permitted: no body; {@code Content-Length: 5}; {@code Transfer-Encoding: chunked} in HTTP/1.1.
 * Prohibited: both; several lines of either, also equal ones; any other coding; a length that is
 * not all digits; {@code Transfer-Encoding} in HTTP/1.0 or 2; names that are no tokens; control
 * characters in values.
 *
 * @param length the announced length; 0 without a body, -1 for one of unknown length
 */
public record Framing(long length) {
  static final String LENGTHS = "Content-Length is not one number.";

  /**
   * Reads the framing of a request.
   *
   * @param http2 whether the body ends with the stream, so that it needs no announcement
   * @param http10 whether the request is HTTP/1.0, which knows no transfer codings
   */
  static Framing of(Iterable<Map.Entry<String, String>> headers, boolean http2, boolean http10)
      throws MalformedMessageException {
    RequestLines lines = new RequestLines();
    if (headers instanceof MultiMap vertx) {
      // Its iterator makes an object of each line.
      vertx.forEach(lines);
    } else {
      headers.forEach(line -> lines.accept(line.getKey(), line.getValue()));
    }
    if (lines.problem != null) {
      throw lines.problem;
    }
    if (lines.coding != null) {
      checkCoding(lines.coding, lines.length, http2 || http10);
      return new Framing(-1);
    }
    if (lines.length != null) {
      return new Framing(number(lines.length));
    }
    return new Framing(http2 ? -1 : 0);
  }

  /** What the lines of a request's head say of the body, and the first that is wrong. */
  private static final class RequestLines implements BiConsumer<String, String> {
    private @Nullable String length;
    private @Nullable String coding;
    private @Nullable MalformedMessageException problem;

    @Override
    public void accept(String name, String value) {
      if (problem != null) {
        return;
      }
      try {
        checkField(name, value);
        if (name.equalsIgnoreCase("content-length")) {
          length = only(length, value, LENGTHS);
        } else if (name.equalsIgnoreCase("transfer-encoding")) {
          coding = only(coding, value, "there are several lines of Transfer-Encoding.");
        }
      } catch (MalformedMessageException e) {
        problem = e;
      }
    }
  }

  /** Whether a body may come. */
  public boolean hasBody() {
    return length != 0;
  }

  /** The same of a request that may be malformed. */
  public static boolean hasBody(HttpServerRequest request) {
    return request.version() == io.vertx.core.http.HttpVersion.HTTP_2
        || request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  /** Checks one field line (RFC 9110 section 5). */
  public static void checkField(String name, String value) throws MalformedMessageException {
    if (!Token.is(name)) {
      throw new MalformedMessageException("a header field's name is not a token.");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        throw new MalformedMessageException("a header field's value has a control character.");
      }
    }
  }

  /**
   * Checks the head of a response in HTTP/2, where values may hold what would end a line in HTTP/1.
   */
  public static void checkResponse(int status, Iterable<Map.Entry<String, String>> headers)
      throws MalformedMessageException {
    if (status < 200 || status > 599) {
      throw new MalformedMessageException("its status is not between 200 and 599.");
    }
    String length = null;
    for (Map.Entry<String, String> header : headers) {
      checkField(header.getKey(), header.getValue());
      if (header.getKey().equalsIgnoreCase("content-length")) {
        length = only(length, header.getValue(), "it has two lengths.");
        number(length);
      }
    }
  }

  private static String only(@Nullable String before, String value, String otherwise)
      throws MalformedMessageException {
    if (before != null) {
      throw new MalformedMessageException(otherwise);
    }
    return value;
  }

  private static void checkCoding(String coding, @Nullable String length, boolean unknown)
      throws MalformedMessageException {
    if (length != null) {
      throw new MalformedMessageException("there are Content-Length and Transfer-Encoding.");
    }
    if (unknown) {
      throw new MalformedMessageException("only HTTP/1.1 has Transfer-Encoding.");
    }
    if (!coding.equalsIgnoreCase("chunked")) {
      throw new MalformedMessageException("Transfer-Encoding is not \"chunked\".");
    }
  }

  private static long number(String length) throws MalformedMessageException {
    for (int i = 0; i < length.length(); i++) {
      if (length.charAt(i) < '0' || length.charAt(i) > '9') {
        throw new MalformedMessageException(LENGTHS);
      }
    }
    try {
      return Long.parseLong(length);
    } catch (NumberFormatException e) {
      throw new MalformedMessageException(LENGTHS);
    }
  }

  /**
   * Checks the head of an upstream's response.
   *
   * @param upgrade whether the request asked for another protocol
   */
  public static void checkResponse(HttpResponse head, boolean upgrade)
      throws MalformedMessageException {
    checkStatusLine(head, upgrade);
    for (Map.Entry<String, String> header : head.headers()) {
      checkField(header.getKey(), header.getValue());
    }
    List<String> codings = head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    List<String> lengths = head.headers().getAll(HttpHeaderNames.CONTENT_LENGTH);
    if (!codings.isEmpty()) {
      if (codings.size() > 1 || !codings.get(0).equalsIgnoreCase("chunked")) {
        throw new MalformedMessageException("its Transfer-Encoding is not \"chunked\".");
      }
      if (!lengths.isEmpty()) {
        throw new MalformedMessageException("it has Content-Length and Transfer-Encoding.");
      }
      if (!head.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
        throw new MalformedMessageException("only HTTP/1.1 has Transfer-Encoding.");
      }
    }
    if (lengths.size() > 1) {
      throw new MalformedMessageException("it has two lengths.");
    }
    if (!lengths.isEmpty()) {
      number(lengths.get(0));
    }
  }

  private static void checkStatusLine(HttpResponse head, boolean upgrade)
      throws MalformedMessageException {
    HttpVersion version = head.protocolVersion();
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      throw new MalformedMessageException("its version is not HTTP/1.0 or 1.1.");
    }
    int status = head.status().code();
    if (status < 100 || status > 599) {
      throw new MalformedMessageException("its status is not between 100 and 599.");
    }
    if (status == 101 && !upgrade) {
      throw new MalformedMessageException("it switches to a protocol that was not asked for.");
    }
    String reason = head.status().reasonPhrase();
    for (int i = 0; i < reason.length(); i++) {
      if ((reason.charAt(i) < ' ' && reason.charAt(i) != '\t') || reason.charAt(i) == 0x7f) {
        throw new MalformedMessageException("its reason phrase has a control character.");
      }
    }
  }
}
