package dev.corsac.browser.http;

import dev.corsac.browser.TransportException;
import dev.corsac.browser.TransportException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The bytes of a head, which end with the first empty line after {@code HTTP}, in Latin-1.
 *
 * @param text the bytes
 * @param start where {@code HTTP} is, in any case and after at most four bytes; -1 if it is not
 *     there
 * @param isComplete whether the empty line is there, rather than the end of the stream
 */
record HeadBytes(String text, int start, boolean isComplete) {
  private static final int SLOP = 4;
  private static final int ENOUGH_TO_KNOW = SLOP + "HTTP".length();

  /**
   * Reads a head, and no byte more.
   *
   * @throws TransportException if there is nothing, or it has more than so many bytes or a NUL
   */
  static HeadBytes read(InputStream in, int limit) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int start = -1;
    boolean lineBefore = false;
    int last = 0;
    int b;
    while ((b = in.read()) >= 0) {
      bytes.write(b);
      if (bytes.size() > limit) {
        throw new TransportException(
            Reason.MALFORMED, "a header section of more than " + limit + " bytes");
      }
      if (b == 0 && start >= 0) {
        throw new TransportException(
            Reason.MALFORMED,
            "a NUL byte in the head '" + ResponseHead.abbreviate(lastLine(bytes)) + "'");
      }
      if (start < 0) {
        start = startIn(bytes);
        if (start < 0 && b == '\n' && bytes.size() >= ENOUGH_TO_KNOW) {
          return new HeadBytes(text(bytes), -1, true);
        }
      } else if (b == '\n') {
        if (lineBefore) {
          return new HeadBytes(text(bytes), start, true);
        }
        lineBefore = true;
      } else if (b != '\r' || last != '\n') {
        lineBefore = false;
      }
      last = b;
    }
    if (bytes.size() == 0) {
      throw new TransportException(Reason.CLOSED, "the connection was closed without an answer");
    }
    return new HeadBytes(text(bytes), start, false);
  }

  private static int startIn(ByteArrayOutputStream bytes) {
    int at = bytes.size() - "HTTP".length();
    boolean found =
        at >= 0 && at <= SLOP && text(bytes).toLowerCase(Locale.ROOT).startsWith("http", at);
    return found ? at : -1;
  }

  private static String lastLine(ByteArrayOutputStream bytes) {
    String text = text(bytes);
    return text.substring(text.lastIndexOf('\n') + 1).replace("\0", "\\0");
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  /** Whether a CR that no LF follows, which some read as the end of a line, is in it. */
  boolean hasBareCr() {
    return text.replace("\r\n", "\n").indexOf('\r') >= 0;
  }
}
