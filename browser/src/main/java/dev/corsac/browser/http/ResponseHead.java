package dev.corsac.browser.http;

import dev.corsac.browser.Header;
import dev.corsac.browser.Headers;
import dev.corsac.browser.TransportException;
import dev.corsac.browser.TransportException.Reason;
import dev.corsac.browser.url.Ascii;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The status line and the header section of a response, read as RFC 9112 has it: lenient only where
 * that says so.
 *
 * @param status the status
 * @param chunkable whether the version knows chunked transfer coding (RFC 9112, 6.1)
 * @param headers the header section
 */
record ResponseHead(int status, boolean chunkable, Headers headers) {
  /** Up to three digits, as https://wpt.live/fetch/h1-parsing/status-code.window.html has it. */
  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/(\\d)(?:\\.(\\d))?\\s+(\\d{1,3})(?!\\d).*");

  /**
   * Reads what came up to and including the empty line.
   *
   * @throws TransportException if that is not a head, or breaks off before the empty line
   */
  static ResponseHead strict(HeadBytes bytes) throws TransportException {
    String[] lines = bytes.text().split("\n", -1);
    Matcher matcher = STATUS_LINE.matcher(withoutCr(lines[0]));
    if (!matcher.matches()) {
      throw new TransportException(
          Reason.MALFORMED, "not an HTTP status line: '" + abbreviate(withoutCr(lines[0])) + "'");
    }
    if (!bytes.isComplete()) {
      throw new TransportException(
          Reason.CLOSED, "the connection was closed within the header section");
    }
    boolean http10 = "1".equals(matcher.group(1)) && "0".equals(matcher.group(2));
    return new ResponseHead(Integer.parseInt(matcher.group(3)), !http10, headers(lines));
  }

  private static Headers headers(String[] lines) {
    List<Header> headers = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      String line = withoutCr(lines[i]);
      if (line.isEmpty()) {
        break;
      }
      boolean folded = line.charAt(0) == ' ' || line.charAt(0) == '\t';
      if (folded && !headers.isEmpty()) {
        Header before = headers.remove(headers.size() - 1);
        String value = (before.value() + " " + Ascii.strip(spaced(line), " \t")).strip();
        headers.add(new Header(before.name(), value));
        continue;
      }
      int colon = line.indexOf(':');
      if (colon > 0 && !folded) {
        String value = Ascii.strip(spaced(line.substring(colon + 1)), " \t");
        headers.add(new Header(line.substring(0, colon), value));
      }
    }
    return Headers.of(headers);
  }

  private static String withoutCr(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  /** RFC 9112, 2.2: a bare CR is read as a space. */
  private static String spaced(String text) {
    return text.replace('\r', ' ');
  }

  static String abbreviate(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
