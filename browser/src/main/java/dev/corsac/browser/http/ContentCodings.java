package dev.corsac.browser.http;

import dev.corsac.browser.WireResponse;
import dev.corsac.browser.url.Ascii;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Takes the content codings off a body (RFC 9110, 8.4.1): gzip and deflate. */
final class ContentCodings {
  private ContentCodings() {}

  /**
   * The response with a body from which the codings are taken, up to one that is not known: what is
   * left is for whoever knows it.
   */
  static WireResponse decode(WireResponse response, byte[] body, int limit) {
    byte[] bytes = body;
    List<String> codings = response.headers().list("Content-Encoding");
    for (int i = codings.size() - 1; i >= 0 && bytes.length > 0; i--) {
      String coding = Ascii.lower(codings.get(i));
      boolean gzip = coding.equals("gzip") || coding.equals("x-gzip");
      if (!gzip && !coding.equals("deflate")) {
        break;
      }
      try (InputStream plain = gzip ? gzip(bytes) : deflate(bytes)) {
        byte[] decoded = plain.readNBytes(limit);
        if (plain.read() >= 0) {
          return response.withBrokenBody(decoded, tooLarge(limit));
        }
        bytes = decoded;
      } catch (IOException broken) {
        return response.withBrokenBody(
            bytes, "the body is not " + coding + ", as Content-Encoding says");
      }
    }
    return response.withBody(bytes);
  }

  static String tooLarge(int limit) {
    return "the body has more than " + limit + " bytes, and was not read on";
  }

  private static InputStream gzip(byte[] bytes) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(bytes));
  }

  /** With the zlib header that RFC 1950 wants, or without, as some servers send it. */
  private static InputStream deflate(byte[] bytes) {
    boolean zlib = (bytes[0] & 0x0f) == 8 && bytes.length > 1 && isCheck(bytes[0], bytes[1]);
    return new InflaterInputStream(new ByteArrayInputStream(bytes), new Inflater(!zlib));
  }

  private static boolean isCheck(byte method, byte flags) {
    return ((method & 0xff) * 256 + (flags & 0xff)) % 31 == 0;
  }
}
