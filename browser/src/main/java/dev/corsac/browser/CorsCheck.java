package dev.corsac.browser;

import dev.corsac.browser.url.Url;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The CORS check (https://fetch.spec.whatwg.org/#concept-cors-check). */
final class CorsCheck {
  private CorsCheck() {}

  /** A failure and the value it is about. */
  record Failure(Cause cause, String value) {}

  /** Null is the standard's success. */
  static @Nullable Failure run(String requestOrigin, boolean credentials, Headers response) {
    String origin = response.get("Access-Control-Allow-Origin");
    if (origin == null) {
      return new Failure(Cause.ALLOW_ORIGIN_MISSING, "");
    }
    if (origin.equals("*")) {
      return credentials ? new Failure(Cause.ALLOW_ORIGIN_WILDCARD, "") : null;
    }
    if (!origin.equals(requestOrigin)) {
      return new Failure(kindOfMismatch(origin), origin);
    }
    if (!credentials) {
      return null;
    }
    String allowed = response.get("Access-Control-Allow-Credentials");
    return "true".equals(allowed)
        ? null
        : new Failure(Cause.ALLOW_CREDENTIALS_NOT_TRUE, Objects.requireNonNullElse(allowed, ""));
  }

  /** The standard knows one failure only; the finer reasons are Chromium's. */
  private static Cause kindOfMismatch(String value) {
    if (value.indexOf(',') >= 0 || value.indexOf(' ') >= 0) {
      return Cause.ALLOW_ORIGIN_MULTIPLE;
    }
    String text = utf8(value);
    return value.equals("null") || (text != null && Url.parse(text) != null)
        ? Cause.ALLOW_ORIGIN_MISMATCH
        : Cause.ALLOW_ORIGIN_INVALID;
  }

  /** The value's bytes read as UTF-8, or null if they are not. */
  private static @Nullable String utf8(String latin1) {
    try {
      byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      return null;
    }
  }
}
