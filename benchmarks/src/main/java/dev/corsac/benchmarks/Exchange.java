package dev.corsac.benchmarks;

import dev.corsac.CorsRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as a server would hand it over: a few header lines, looked up without allocating. */
final class Exchange implements CorsRequest {
  private static final String ORIGIN = "Origin";

  private final String method;
  private final List<String> names = new ArrayList<>();
  private final List<List<String>> lines = new ArrayList<>();

  Exchange(String method, String... namesAndValues) {
    this.method = method;
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String name = namesAndValues[i];
      String value = namesAndValues[i + 1];
      int there = names.indexOf(name);
      if (there < 0) {
        names.add(name);
        lines.add(List.of(value));
      } else {
        List<String> all = new ArrayList<>(lines.get(there));
        all.add(value);
        lines.set(there, List.copyOf(all));
      }
    }
  }

  /** Comes off the wire with another origin, as a new string whose hash nobody knows yet. */
  void receive(byte[] origin) {
    lines.set(names.indexOf(ORIGIN), List.of(new String(origin, StandardCharsets.ISO_8859_1)));
  }

  List<String> names() {
    return names;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String path() {
    return "/api/items";
  }

  @Override
  public @Nullable String header(String name) {
    List<String> found = headers(name);
    return found.isEmpty() ? null : found.get(0);
  }

  @Override
  public List<String> headers(String name) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        return lines.get(i);
      }
    }
    return List.of();
  }
}
