package dev.corsac.browser.http;

import dev.corsac.browser.WireResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads a response as it stands in a text, one character per byte. */
public final class RawResponse {
  private RawResponse() {}

  public static WireResponse read(String raw, String method) throws IOException {
    return HttpResponseParser.read(
        new ByteArrayInputStream(raw.getBytes(StandardCharsets.ISO_8859_1)), method);
  }
}
