package dev.corsac;

import java.util.ArrayList;
import java.util.List;

/** A request for tests: header lines in order, names compared without case. */
final class Request implements CorsRequest {
  private final String method;
  private final String path;
  private final List<String[]> lines = new ArrayList<>();

  private Request(String method, String path) {
    this.method = method;
    this.path = path;
  }

  static Request of(String method, String... namesAndValues) {
    return at(method, "/", namesAndValues);
  }

  static Request at(String method, String path, String... namesAndValues) {
    Request request = new Request(method, path);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      request.lines.add(new String[] {namesAndValues[i], namesAndValues[i + 1]});
    }
    return request;
  }

  static Request get(String origin) {
    return of("GET", "Origin", origin);
  }

  static Request preflight(String origin, String method, String... askedHeaders) {
    Request request = of("OPTIONS", "Origin", origin, "Access-Control-Request-Method", method);
    for (String line : askedHeaders) {
      request.lines.add(new String[] {"Access-Control-Request-Headers", line});
    }
    return request;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public List<String> headers(String name) {
    return lines.stream()
        .filter(line -> line[0].equalsIgnoreCase(name))
        .map(line -> line[1])
        .toList();
  }
}
