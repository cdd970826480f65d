package dev.corsac.attacks.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests as careless servers do. Where two of these readers disagree about the same bytes,
 * one request has become two on its way to some server.
 */
public final class LenientReader {
  /** Whose word on the length counts. */
  private enum Length {
    CONTENT_LENGTH_FIRST,
    TRANSFER_ENCODING_FIRST,
    LAST_HEADER_LINE
  }

  /** What ends a line. */
  private enum Lines {
    CRLF("\r\n"),
    LF("\r?\n"),
    CR_OR_LF("\r\n|\r|\n");

    private final Pattern end;

    Lines(String end) {
      this.end = Pattern.compile(end);
    }
  }

  /** What counts as chunked. */
  private enum Coding {
    EXACTLY_CHUNKED,
    CONTAINS_CHUNKED,
    LAST_LINE
  }

  private static final Pattern HEX = Pattern.compile("[ \\t]*(?:0[xX])?([0-9A-Fa-f]{1,15})");
  private static final Pattern DIGITS = Pattern.compile("\\+?([0-9]{1,18})");

  public static final List<LenientReader> ALL = all();

  private final Length length;
  private final Lines lines;
  private final Coding coding;

  private LenientReader(Length length, Lines lines, Coding coding) {
    this.length = length;
    this.lines = lines;
    this.coding = coding;
  }

  private static List<LenientReader> all() {
    List<LenientReader> readers = new ArrayList<>();
    for (Length length : Length.values()) {
      for (Lines lines : Lines.values()) {
        for (Coding coding : Coding.values()) {
          readers.add(new LenientReader(length, lines, coding));
        }
      }
    }
    return List.copyOf(readers);
  }

  /** How many requests it sees; a rest that is no whole request counts as one more. */
  public int count(String bytes) {
    int count = 0;
    for (int at = 0; at < bytes.length(); count++) {
      at = afterRequest(bytes, at);
    }
    return count;
  }

  private int afterRequest(String bytes, int from) {
    Matcher line = lines.end.matcher(bytes);
    String contentLength = null;
    String transferEncoding = null;
    boolean lengthLast = false;
    int at = from;
    while (line.find(at)) {
      String text = bytes.substring(at, line.start());
      at = line.end();
      if (text.isEmpty()) {
        boolean byLength =
            switch (length) {
              case CONTENT_LENGTH_FIRST -> contentLength != null;
              case TRANSFER_ENCODING_FIRST -> !isChunked(transferEncoding);
              case LAST_HEADER_LINE -> lengthLast || !isChunked(transferEncoding);
            };
        return byLength || !isChunked(transferEncoding)
            ? Math.min(bytes.length(), at + number(contentLength))
            : afterChunks(bytes, at);
      }
      String name = text.replaceAll("[ \\t\\x0b\\x00]*:.*", "").toLowerCase(Locale.ROOT).strip();
      String value = text.substring(text.indexOf(':') + 1).strip();
      if (name.equals("content-length")) {
        contentLength = value;
        lengthLast = true;
      } else if (name.equals("transfer-encoding")) {
        boolean join = transferEncoding != null && coding != Coding.LAST_LINE;
        transferEncoding = join ? transferEncoding + "," + value : value;
        lengthLast = false;
      }
    }
    return bytes.length();
  }

  private boolean isChunked(@Nullable String transferEncoding) {
    if (transferEncoding == null) {
      return false;
    }
    String value = transferEncoding.toLowerCase(Locale.ROOT);
    return coding == Coding.CONTAINS_CHUNKED ? value.contains("chunked") : value.equals("chunked");
  }

  private static int number(@Nullable String contentLength) {
    if (contentLength == null) {
      return 0;
    }
    Matcher digits = DIGITS.matcher(contentLength);
    // So large that it takes all that is there, and no overflow.
    return digits.lookingAt()
        ? (int) Math.min(Integer.MAX_VALUE / 2, Long.parseLong(digits.group(1)))
        : 0;
  }

  private int afterChunks(String bytes, int from) {
    Matcher line = lines.end.matcher(bytes);
    int at = from;
    while (line.find(at)) {
      Matcher hex = HEX.matcher(bytes.substring(at, line.start()));
      long size = hex.lookingAt() ? Long.parseLong(hex.group(1), 16) : 0;
      at = line.end();
      if (size == 0) {
        return afterTrailers(bytes, at);
      }
      if (size > bytes.length() - at) {
        return bytes.length();
      }
      at += (int) size;
      if (!line.find(at)) {
        return bytes.length();
      }
      at = line.end();
    }
    return bytes.length();
  }

  private int afterTrailers(String bytes, int from) {
    Matcher line = lines.end.matcher(bytes);
    int at = from;
    while (line.find(at)) {
      boolean last = line.start() == at;
      at = line.end();
      if (last) {
        return at;
      }
    }
    return bytes.length();
  }

  @Override
  public String toString() {
    return String.join(" ", length.name(), lines.name(), coding.name())
        .toLowerCase(Locale.ROOT)
        .replace('_', ' ');
  }
}
