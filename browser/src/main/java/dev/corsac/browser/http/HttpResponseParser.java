package dev.corsac.browser.http;

import dev.corsac.browser.Headers;
import dev.corsac.browser.TransportException;
import dev.corsac.browser.TransportException.Reason;
import dev.corsac.browser.WireResponse;
import dev.corsac.browser.url.Ascii;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads one HTTP/1.1 response as browsers do (RFC 9112): strict about what decides where a message
 * ends, lenient about the rest, and bounded. A head that is not one is a {@link
 * TransportException}; a body that breaks off keeps its head, which is all that CORS looks at.
 */
final class HttpResponseParser {
  /** Chromium's limit for a header section. */
  static final int MAX_HEADER_BYTES = 256 * 1024;

  static final int MAX_BODY_BYTES = 16 * 1024 * 1024;

  private final InputStream in;
  private final boolean withoutBody;
  private final boolean upgrade;
  private final int maxBody;
  private int lineBytes;

  private HttpResponseParser(InputStream in, boolean withoutBody, boolean upgrade, int maxBody) {
    this.in = in;
    this.withoutBody = withoutBody;
    this.upgrade = upgrade;
    this.maxBody = maxBody;
  }

  /** Reads the response to a request of that method. */
  static WireResponse read(InputStream in, String method) throws IOException {
    return read(in, method, MAX_BODY_BYTES);
  }

  /** Reads the response to a request of that method, and of its body no more than that. */
  static WireResponse read(InputStream in, String method, int maxBody) throws IOException {
    return new HttpResponseParser(in, method.equals("HEAD"), false, maxBody).read();
  }

  /** Reads the response to a request that asks for another protocol: 101 is one then. */
  static WireResponse readUpgrade(InputStream in, int maxBody) throws IOException {
    return new HttpResponseParser(in, false, true, maxBody).read();
  }

  private WireResponse read() throws IOException {
    for (int interim = 0; interim < 16; interim++) {
      HeadBytes bytes = HeadBytes.read(in, MAX_HEADER_BYTES);
      ResponseHead head;
      try {
        head = ResponseHead.strict(bytes);
      } catch (TransportException malformed) {
        throw malformed.readLeniently(lenient(bytes));
      }
      if (head.status() < 100 || head.status() >= 200) {
        return withBody(head, bytes);
      }
      if (head.status() == 101) {
        return switchingProtocols(head);
      }
    }
    throw new TransportException(Reason.MALFORMED, "more than 16 interim responses");
  }

  private WireResponse switchingProtocols(ResponseHead head) throws TransportException {
    if (upgrade) {
      return WireResponse.of(head.status(), head.headers());
    }
    ResponseHead headless = LenientHead.headless();
    throw new TransportException(Reason.MALFORMED, "a 101 that nobody asked for")
        .readLeniently(WireResponse.of(headless.status(), headless.headers()));
  }

  /** What a lenient browser makes of a head that is malformed, or null. */
  private @Nullable WireResponse lenient(HeadBytes bytes) throws IOException {
    ResponseHead head = LenientHead.read(bytes);
    boolean isFinal = head != null && (head.status() < 100 || head.status() >= 200);
    try {
      if (!isFinal) {
        return null;
      }
      ResponseHead read = Objects.requireNonNull(head);
      return bytes.isComplete() ? withBody(read) : WireResponse.of(read.status(), read.headers());
    } catch (TransportException alsoMalformed) {
      return null;
    }
  }

  private WireResponse withBody(ResponseHead head, HeadBytes bytes) throws IOException {
    WireResponse response = withBody(head);
    ResponseHead lenient = bytes.hasBareCr() ? LenientHead.read(bytes) : null;
    if (lenient == null || lenient.headers().equals(head.headers())) {
      return response;
    }
    WireResponse read = WireResponse.of(lenient.status(), lenient.headers());
    String error = response.bodyError();
    return response.readLeniently(
        error == null
            ? read.withBody(response.body())
            : read.withBrokenBody(response.body(), error));
  }

  /**
   * https://fetch.spec.whatwg.org/#extract-a-length; null is null. Which of several lengths ends a
   * message is not to be guessed (RFC 9112, 6.3).
   */
  private static @Nullable Long length(Headers headers) throws TransportException {
    List<String> lengths = elements(headers, "Content-Length");
    if (lengths.stream().distinct().count() > 1 && !headers.contains("Transfer-Encoding")) {
      throw new TransportException(
          Reason.MALFORMED, "contradicting Content-Length headers: " + String.join(", ", lengths));
    }
    String length = lengths.isEmpty() ? "" : lengths.get(0);
    return length.matches("\\d{1,18}") ? Long.valueOf(length) : null;
  }

  /** https://fetch.spec.whatwg.org/#concept-header-list-get-decode-split: empty ones count. */
  private static List<String> elements(Headers headers, String name) {
    return headers.values(name).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(element -> Ascii.strip(element, " \t"))
        .toList();
  }

  private WireResponse withBody(ResponseHead head) throws IOException {
    Headers headers = head.headers();
    Long length = length(headers);
    int status = head.status();
    WireResponse response = WireResponse.of(status, headers);
    if (withoutBody || status == 204 || status == 304) {
      return response;
    }
    if (maxBody == 0) {
      return response.withBrokenBody(new byte[0], "the body was not read");
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String error;
    try {
      error = readBody(head, length, body);
    } catch (SocketTimeoutException tooLate) {
      error = "the body did not end in time";
    } catch (IOException lost) {
      error = Objects.requireNonNullElse(lost.getMessage(), "the body broke off");
    }
    byte[] bytes = body.toByteArray();
    return error == null
        ? ContentCodings.decode(response, bytes, maxBody)
        : response.withBrokenBody(bytes, error);
  }

  /** What is wrong with the body, or null. */
  private @Nullable String readBody(
      ResponseHead head, @Nullable Long length, ByteArrayOutputStream body) throws IOException {
    String coding = head.headers().get("Transfer-Encoding");
    if (head.chunkable() && coding != null && Ascii.lower(coding).endsWith("chunked")) {
      return chunks(body);
    }
    if (length != null) {
      return copy(body, length) ? null : "the body is shorter than its Content-Length " + length;
    }
    copy(body, Long.MAX_VALUE);
    return null;
  }

  /** RFC 9112, 7.1; returns what is wrong, or null. */
  private @Nullable String chunks(ByteArrayOutputStream body) throws IOException {
    while (true) {
      String size = line();
      String digits = size == null ? "" : size.split("[;\\s]", 2)[0];
      if (!digits.matches("[0-9A-Fa-f]{1,7}")) {
        return "a chunk does not begin with its size";
      }
      int length = Integer.parseInt(digits, 16);
      if (length == 0) {
        return trailers();
      }
      if (!copy(body, length)) {
        return "a chunk is shorter than its size";
      }
      String end = line();
      if (end == null || !end.isEmpty()) {
        return "a chunk is longer than its size";
      }
    }
  }

  private @Nullable String trailers() throws IOException {
    String line;
    do {
      line = line();
    } while (line != null && !line.isEmpty());
    return line == null ? "the body ends within its trailers" : null;
  }

  /** Whether that many bytes were there. */
  private boolean copy(ByteArrayOutputStream body, long length) throws IOException {
    byte[] buffer = new byte[8192];
    long left = length;
    while (left > 0) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        return false;
      }
      body.write(buffer, 0, count);
      left -= count;
      if (body.size() > maxBody) {
        throw new IOException(ContentCodings.tooLarge(maxBody));
      }
    }
    return true;
  }

  /** A line of the chunked coding without its end, or null if the stream ended before one. */
  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b;
    while ((b = in.read()) != '\n') {
      if (b < 0) {
        return null;
      }
      if (++lineBytes > MAX_BODY_BYTES) {
        throw new IOException("the sizes of the chunks have more than " + lineBytes + " bytes");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
