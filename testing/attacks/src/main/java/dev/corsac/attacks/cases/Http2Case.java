package dev.corsac.attacks.cases;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.corsac.attacks.http.Http2Frame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends over HTTP/2 and what must become of it: {@code conformance/http2-requests}.
 *
 * @param pseudo pseudo-header fields other than those of a GET; null leaves one out
 * @param headers lines after those
 * @param data the body
 * @param trailers lines after the body
 * @param frames instead of all of these, the frames as they are
 */
public record Http2Case(
    String id,
    String description,
    @Nullable Map<String, @Nullable String> pseudo,
    @Nullable List<List<String>> headers,
    @Nullable String data,
    @Nullable List<List<String>> trailers,
    @Nullable List<Frame> frames,
    Expected expect,
    String reference,
    String from) {

  /**
   * A frame.
   *
   * @param headers what the payload is made of, or
   * @param payload its bytes
   */
  record Frame(
      int type,
      int flags,
      int stream,
      @Nullable List<List<String>> headers,
      @JsonProperty("payload") @Nullable String payload) {}

  /** The frames on the first stream, with nothing left open. */
  String bytes(Map<String, String> names) {
    if (frames != null) {
      StringBuilder bytes = new StringBuilder();
      for (Frame frame : frames) {
        String payload =
            frame.headers() == null
                ? Template.fill(frame.payload() == null ? "" : frame.payload(), names)
                : Http2Frame.headerBlock(filled(frame.headers(), names))
                    + Template.fill(frame.payload() == null ? "" : frame.payload(), names);
        bytes.append(Http2Frame.of(frame.type(), frame.flags(), frame.stream(), payload));
      }
      return bytes.toString();
    }
    String block = Http2Frame.headerBlock(filled(lines(), names));
    boolean alone = data == null && trailers == null;
    StringBuilder bytes = new StringBuilder();
    bytes.append(
        Http2Frame.of(
            Http2Frame.HEADERS,
            Http2Frame.END_HEADERS | (alone ? Http2Frame.END_STREAM : 0),
            1,
            block));
    if (data != null) {
      bytes.append(
          Http2Frame.of(
              Http2Frame.DATA,
              trailers == null ? Http2Frame.END_STREAM : 0,
              1,
              Template.fill(data, names)));
    }
    if (trailers != null) {
      bytes.append(
          Http2Frame.of(
              Http2Frame.HEADERS,
              Http2Frame.END_HEADERS | Http2Frame.END_STREAM,
              1,
              Http2Frame.headerBlock(filled(trailers, names))));
    }
    return bytes.toString();
  }

  private List<List<String>> lines() {
    Map<String, @Nullable String> first = new LinkedHashMap<>();
    first.put(":method", "GET");
    first.put(":scheme", "http");
    first.put(":authority", "a.example");
    first.put(":path", "${path}");
    if (pseudo != null) {
      first.putAll(pseudo);
    }
    List<List<String>> lines = new ArrayList<>();
    first.forEach(
        (name, value) -> {
          if (value != null) {
            lines.add(List.of(name, value));
          }
        });
    if (headers != null) {
      lines.addAll(headers);
    }
    return lines;
  }

  private static List<List<String>> filled(List<List<String>> lines, Map<String, String> names) {
    return lines.stream()
        .map(line -> line.stream().map(text -> Template.fill(text, names)).toList())
        .toList();
  }

  @Override
  public String toString() {
    return id;
  }
}
