package dev.corsac;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A response's header section for tests. */
final class Response implements CorsResponse {
  private final TreeMap<String, List<String>> headers =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /** What a decision makes of an empty response. */
  static Response of(Cors cors, Request request) {
    Response response = new Response();
    cors.decide(request).applyTo(response);
    return response;
  }

  @Nullable String get(String name) {
    List<String> lines = headers(name);
    return lines.isEmpty() ? null : String.join(", ", lines);
  }

  @Override
  public List<String> headers(String name) {
    return List.copyOf(headers.getOrDefault(name, List.of()));
  }

  @Override
  public void setHeader(String name, String value) {
    headers.put(name, new ArrayList<>(List.of(value)));
  }

  @Override
  public void addHeader(String name, String value) {
    headers.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
  }

  @Override
  public void removeHeader(String name) {
    headers.remove(name);
  }

  @Override
  public String toString() {
    return headers.toString();
  }
}
