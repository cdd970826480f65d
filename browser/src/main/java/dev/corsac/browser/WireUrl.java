package dev.corsac.browser;

import dev.corsac.browser.url.Url;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The URL as a network stack sends it. */
final class WireUrl {
  private static final Pattern ENCODED_BYTE = Pattern.compile("%([0-9A-Fa-f]{2})");

  private WireUrl() {}

  /** The URL of a response, of which engines show more or less. */
  static Url shown(Request request, Engine engine) {
    Url sent = of(request.currentUrl(), engine);
    return request.tainting == Request.Tainting.CORS
            && engine.departs(Departure.CORS_RESPONSE_URL_WITHOUT_CREDENTIALS)
        ? sent.withoutCredentials()
        : sent;
  }

  /** Percent-encoded letters, digits and {@code -._~} may be decoded on the way. */
  static Url of(Url url, Engine engine) {
    if (url.path().indexOf('%') < 0 || !engine.departs(Departure.PERCENT_ENCODING_NORMALISED)) {
      return url;
    }
    return url.withPath(
        ENCODED_BYTE
            .matcher(url.path())
            .replaceAll(
                encoded -> {
                  char c = (char) Integer.parseInt(encoded.group(1), 16);
                  boolean unreserved =
                      c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
                  return Matcher.quoteReplacement(unreserved ? String.valueOf(c) : encoded.group());
                }));
  }
}
