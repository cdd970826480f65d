package dev.corsac.browser.http;

import dev.corsac.browser.Header;
import dev.corsac.browser.Headers;
import dev.corsac.browser.url.Ascii;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a head as Chromium's network stack does ({@code net/http/http_util.cc}): up to four bytes
 * before {@code HTTP} are skipped, every CR or LF ends a line, a version or a status that is not
 * there is 1.0 or 200, and the end of the stream ends the header section.
 */
final class LenientHead {
  private static final Pattern VERSION = Pattern.compile("http/[^.]*\\..*");
  private static final Pattern STATUS = Pattern.compile("[^ ]* +(\\d+).*");

  private LenientHead() {}

  /** Null if it is not HTTP for Chromium either. */
  static @Nullable ResponseHead read(HeadBytes bytes) {
    if (bytes.start() < 0) {
      boolean shoutcast = bytes.text().toLowerCase(Locale.ROOT).startsWith("icy ");
      return shoutcast ? headless() : null;
    }
    String[] lines = bytes.text().substring(bytes.start()).split("[\r\n]+", -1);
    List<Header> headers = new ArrayList<>();
    boolean continuable = false;
    String line = "";
    for (int i = 1; i < lines.length; i++) {
      boolean folded = lines[i].startsWith(" ") || lines[i].startsWith("\t");
      if (continuable && folded) {
        headers.remove(headers.size() - 1);
        line = line + " " + lines[i].replaceFirst("^[ \t]+", "");
      } else {
        line = lines[i];
      }
      int colon = line.indexOf(':');
      continuable = colon > 0 && line.charAt(0) != ' ' && line.charAt(0) != '\t';
      if (continuable) {
        headers.add(
            new Header(line.substring(0, colon), Ascii.strip(line.substring(colon + 1), " \t")));
      }
    }
    return new ResponseHead(status(lines[0]), knowsChunks(lines[0]), Headers.of(headers));
  }

  /** What HTTP/0.9 and a switch of protocols come to: a body and nothing else. */
  static ResponseHead headless() {
    return new ResponseHead(200, false, Headers.of());
  }

  private static int status(String line) {
    Matcher matcher = STATUS.matcher(line);
    if (!matcher.matches()) {
      return 200;
    }
    String digits = matcher.group(1);
    return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }

  /** The digits after the slash and the dot, of which only 1.1 and what is above 1 count. */
  private static boolean knowsChunks(String line) {
    String lower = line.toLowerCase(Locale.ROOT);
    if (!VERSION.matcher(lower).matches()) {
      return false;
    }
    char major = lower.charAt("http/".length());
    int dot = lower.indexOf('.');
    char minor = dot + 1 < lower.length() ? lower.charAt(dot + 1) : ' ';
    boolean above = major >= '2' && major <= '9' && Character.isDigit(minor);
    return above || (major == '1' && minor >= '1' && minor <= '9');
  }
}
