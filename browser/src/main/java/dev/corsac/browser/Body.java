package dev.corsac.browser;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body a page gives to {@code fetch} or {@code send}, and the content type that comes with it.
 *
 * <p>Immutable and thread-safe. https://fetch.spec.whatwg.org/#concept-bodyinit-extract.
 */
public final class Body {
  /** What the page passed. */
  enum Kind {
    STRING,
    URL_SEARCH_PARAMS,
    FORM_DATA,
    BLOB,
    BYTES,
    STREAM,
    HTML_DOCUMENT,
    XML_DOCUMENT
  }

  private final Kind kind;
  private final byte[] bytes;
  private final @Nullable String contentType;

  private Body(Kind kind, byte[] bytes, @Nullable String contentType) {
    this.kind = kind;
    this.bytes = bytes;
    this.contentType = contentType;
  }

  /** A string, {@code text/plain} unless the page says otherwise. */
  public static Body text(String text) {
    return new Body(Kind.STRING, utf8(text), "text/plain;charset=UTF-8");
  }

  /** {@code URLSearchParams}, given encoded: {@code a=1&b=2}. */
  public static Body form(String encoded) {
    return new Body(
        Kind.URL_SEARCH_PARAMS, utf8(encoded), "application/x-www-form-urlencoded;charset=UTF-8");
  }

  /** {@code FormData} with one field per name and value in turn. */
  public static Body multipart(String... namesAndValues) {
    String boundary = "----CorsacFormBoundary";
    StringBuilder text = new StringBuilder();
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      text.append("--").append(boundary).append("\r\nContent-Disposition: form-data; name=\"");
      text.append(namesAndValues[i]).append("\"\r\n\r\n").append(namesAndValues[i + 1]);
      text.append("\r\n");
    }
    text.append("--").append(boundary).append("--\r\n");
    return new Body(
        Kind.FORM_DATA, utf8(text.toString()), "multipart/form-data; boundary=" + boundary);
  }

  /** A {@code Blob} with that type; an empty type means none. */
  public static Body blob(String text, String type) {
    boolean printable = type.chars().allMatch(c -> c >= 0x20 && c <= 0x7e);
    String blobType = printable ? type.toLowerCase(Locale.ROOT) : "";
    return new Body(Kind.BLOB, utf8(text), blobType.isEmpty() ? null : blobType);
  }

  /** An {@code ArrayBuffer} or a view of one, which has no type. */
  public static Body bytes(byte[] bytes) {
    return new Body(Kind.BYTES, bytes.clone(), null);
  }

  /** A {@code ReadableStream}, which has no type, cannot be sent again and forces a preflight. */
  public static Body stream(String text) {
    return new Body(Kind.STREAM, utf8(text), null);
  }

  /** An HTML {@code Document}; XMLHttpRequest only. */
  public static Body htmlDocument(String html) {
    return new Body(Kind.HTML_DOCUMENT, utf8(html), "text/html;charset=UTF-8");
  }

  /** An XML {@code Document}; XMLHttpRequest only. */
  public static Body xmlDocument(String xml) {
    return new Body(Kind.XML_DOCUMENT, utf8(xml), "application/xml;charset=UTF-8");
  }

  private static byte[] utf8(String text) {
    return Objects.requireNonNull(text, "text").getBytes(StandardCharsets.UTF_8);
  }

  Kind kind() {
    return kind;
  }

  byte[] toBytes() {
    return bytes.clone();
  }

  /** The content type of the extracted body, or null. */
  @Nullable String contentType() {
    return contentType;
  }

  /** Whether the body's source is null: it cannot be sent a second time. */
  boolean isStream() {
    return kind == Kind.STREAM;
  }

  @Override
  public String toString() {
    return kind
        + " of "
        + bytes.length
        + " bytes"
        + (contentType == null ? "" : ", " + contentType);
  }
}
