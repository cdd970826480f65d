package dev.corsac.browser;

import dev.corsac.browser.url.Ascii;
import dev.corsac.browser.url.Url;
import java.util.Base64;

/** https://fetch.spec.whatwg.org/#data-url-processor. */
final class DataUrl {
  private DataUrl() {}

  static Response fetch(Url url, Engine engine) {
    String input = url.withFragment(null).toString().substring("data:".length());
    int comma = input.indexOf(',');
    String type = comma < 0 ? "" : Ascii.strip(input.substring(0, comma), "\t\n\f\r ");
    byte[] body = Url.percentDecode(comma < 0 ? "" : input.substring(comma + 1));
    if (Ascii.lower(type).endsWith(";base64")) {
      type = type.substring(0, type.length() - ";base64".length());
      try {
        body = Base64.getMimeDecoder().decode(body);
      } catch (IllegalArgumentException notBase64) {
        body = new byte[0];
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
}
