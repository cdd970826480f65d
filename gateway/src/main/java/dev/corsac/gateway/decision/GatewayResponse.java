package dev.corsac.gateway.decision;

import dev.corsac.CorsResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A response's headers as a decision sees them. */
record GatewayResponse(MultiMap headers) implements CorsResponse {

  private static final Map<String, CharSequence> OPTIMIZED =
      Stream.of(
              "Access-Control-Allow-Origin",
              "Access-Control-Allow-Credentials",
              "Access-Control-Allow-Methods",
              "Access-Control-Allow-Headers",
              "Access-Control-Expose-Headers",
              "Access-Control-Max-Age",
              "Vary")
          .collect(Collectors.toUnmodifiableMap(name -> name, HttpHeaders::createOptimized));

  @Override
  public List<String> headers(String name) {
    return headers.getAll(name);
  }

  @Override
  public void setHeader(String name, String value) {
    headers.set(optimized(name), value);
  }

  @Override
  public void addHeader(String name, String value) {
    headers.add(optimized(name), value);
  }

  @Override
  public void removeHeader(String name) {
    headers.remove(optimized(name));
  }

  /** The same name with its hash and its bytes at hand. */
  private static CharSequence optimized(String name) {
    CharSequence optimized = OPTIMIZED.get(name);
    return optimized == null ? name : optimized;
  }
}
