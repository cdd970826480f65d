package dev.corsac.browser.http;

import dev.corsac.browser.Header;
import dev.corsac.browser.Headers;
import dev.corsac.browser.TransportException;
import dev.corsac.browser.TransportException.Reason;
import dev.corsac.browser.WireResponse;
import dev.corsac.browser.url.Ascii;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
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

  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/\\d(?:\\.\\d)?\\s+(\\d{3})(?!\\d).*");

  private final InputStream in;
  private final boolean withoutBody;
  private final boolean upgrade;
  private final int maxBody;
  private int headerBytes;

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
      int status = statusLine();
      Headers headers = headerSection();
      if (status >= 200) {
        return withBody(status, headers);
      }
      if (status == 101 && upgrade) {
        return WireResponse.of(status, headers);
      }
      if (status == 101) {
        throw new TransportException(Reason.MALFORMED, "a 101 that nobody asked for");
      }
    }
    throw new TransportException(Reason.MALFORMED, "more than 16 interim responses");
  }

  private int statusLine() throws IOException {
    String line = line();
    if (line == null) {
      throw new TransportException(Reason.CLOSED, "the connection was closed without an answer");
    }
    Matcher matcher = STATUS_LINE.matcher(line);
    int status = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    if (status < 100) {
      throw new TransportException(
          Reason.MALFORMED, "not an HTTP status line: '" + abbreviate(line) + "'");
    }
    return status;
  }

  private Headers headerSection() throws IOException {
    List<Header> headers = new ArrayList<>();
    while (true) {
      String line = line();
      if (line == null) {
        throw new TransportException(
            Reason.CLOSED, "the connection was closed within the header section");
      }
      if (line.isEmpty()) {
        return Headers.of(headers);
      }
      if (line.indexOf('\0') >= 0) {
        throw new TransportException(
            Reason.MALFORMED, "a NUL byte in the header '" + abbreviate(line) + "'");
      }
      boolean folded = line.charAt(0) == ' ' || line.charAt(0) == '\t';
      if (folded && !headers.isEmpty()) {
        Header before = headers.remove(headers.size() - 1);
        String value = (before.value() + " " + Ascii.strip(line, " \t")).strip();
        headers.add(new Header(before.name(), value));
        continue;
      }
      int colon = line.indexOf(':');
      if (colon > 0 && !folded) {
        String value = Ascii.strip(line.substring(colon + 1).replace('\r', ' '), " \t");
        headers.add(new Header(line.substring(0, colon), value));
      }
    }
  }

  /** A line without its end, or null if the stream ended before one. */
  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b;
    while ((b = in.read()) != '\n') {
      if (b < 0) {
        return null;
      }
      if (++headerBytes > MAX_HEADER_BYTES) {
        throw new TransportException(
            Reason.MALFORMED, "a header section of more than " + MAX_HEADER_BYTES + " bytes");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private WireResponse withBody(int status, Headers headers) throws IOException {
    List<String> lengths = headers.values("Content-Length").stream().distinct().toList();
    if (lengths.size() > 1) {
      throw new TransportException(
          Reason.MALFORMED, "contradicting Content-Length headers: " + String.join(", ", lengths));
    }
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
      error = readBody(headers, lengths, body);
    } catch (SocketTimeoutException tooLate) {
      error = "the body did not end in time";
    } catch (IOException lost) {
      error = Objects.requireNonNullElse(lost.getMessage(), "the body broke off");
    }
    byte[] bytes = body.toByteArray();
    if (error == null && "gzip".equalsIgnoreCase(headers.get("Content-Encoding"))) {
      return gunzip(bytes, response);
    }
    return error == null ? response.withBody(bytes) : response.withBrokenBody(bytes, error);
  }

  /** What is wrong with the body, or null. */
  private @Nullable String readBody(
      Headers headers, List<String> lengths, ByteArrayOutputStream body) throws IOException {
    String coding = headers.get("Transfer-Encoding");
    if (coding != null && Ascii.lower(coding).endsWith("chunked")) {
      return chunks(body);
    }
    if (lengths.size() == 1 && lengths.get(0).matches("\\d{1,18}")) {
      long length = Long.parseLong(lengths.get(0));
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
        throw new IOException(tooLarge());
      }
    }
    return true;
  }

  private WireResponse gunzip(byte[] bytes, WireResponse response) {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      byte[] plain = gzip.readNBytes(maxBody);
      return gzip.read() < 0
          ? response.withBody(plain)
          : response.withBrokenBody(plain, tooLarge());
    } catch (IOException notGzip) {
      return response.withBrokenBody(bytes, "the body is not gzip, as Content-Encoding says");
    }
  }

  private String tooLarge() {
    return "the body has more than " + maxBody + " bytes, and was not read on";
  }

  private static String abbreviate(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
