package dev.corsac.browser;

import dev.corsac.browser.url.Ascii;
import dev.corsac.browser.url.Url;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** https://fetch.spec.whatwg.org/#data-url-processor. */
final class DataUrl {
  private static final Pattern BASE64_MARK =
      Pattern.compile("(.*); *base64", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final String ASCII_WHITESPACE = "\t\n\f\r ";

  private DataUrl() {}

  /** Null is failure. */
  static @Nullable Response fetch(Url url, Engine engine) {
    String input = url.withoutFragment().substring("data:".length());
    int comma = input.indexOf(',');
    if (comma < 0) {
      return null;
    }
    String type = Ascii.strip(input.substring(0, comma), ASCII_WHITESPACE);
    byte[] body = Url.percentDecode(input.substring(comma + 1));
    Matcher marked = BASE64_MARK.matcher(type);
    if (marked.matches()) {
      type = marked.group(1);
      body = forgivingBase64(new String(body, StandardCharsets.ISO_8859_1));
      if (body == null) {
        return null;
      }
    }
    MimeType mimeType = MimeType.parse(type.startsWith(";") ? "text/plain" + type : type);
    Headers headers =
        Headers.of(
            "Content-Type", mimeType == null ? "text/plain;charset=US-ASCII" : mimeType.toString());
    if (engine.departs(Departure.DATA_URL_CONTENT_LENGTH)) {
      headers = headers.with("Content-Length", String.valueOf(body.length));
    }
    return Response.of(WireResponse.of(200, headers).withBody(body), headers, url);
  }

  /** https://infra.spec.whatwg.org/#forgiving-base64-decode; null is failure. */
  static byte @Nullable [] forgivingBase64(String input) {
    StringBuilder data = new StringBuilder();
    input.chars().filter(c -> ASCII_WHITESPACE.indexOf(c) < 0).forEach(c -> data.append((char) c));
    if (data.length() % 4 == 0) {
      for (int i = 0; i < 2 && !data.isEmpty() && data.charAt(data.length() - 1) == '='; i++) {
        data.setLength(data.length() - 1);
      }
    }
    if (data.length() % 4 == 1 || !data.chars().allMatch(DataUrl::isBase64)) {
      return null;
    }
    // The bits that are too many are dropped, where the decoder of Java would refuse them.
    int more = data.length() % 4;
    byte[] whole = Base64.getDecoder().decode(data.substring(0, data.length() - more));
    if (more == 0) {
      return whole;
    }
    byte[] rest =
        Base64.getDecoder().decode(data.substring(data.length() - more) + "A".repeat(4 - more));
    byte[] decoded = Arrays.copyOf(whole, whole.length + more - 1);
    System.arraycopy(rest, 0, decoded, whole.length, more - 1);
    return decoded;
  }

  private static boolean isBase64(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || c == '+'
        || c == '/';
  }
}
