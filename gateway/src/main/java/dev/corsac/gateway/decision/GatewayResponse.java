package dev.corsac.gateway.decision;

import dev.corsac.CorsResponse;
import io.vertx.core.MultiMap;
import java.util.List;

/** A response's headers as a decision sees them. */
record GatewayResponse(MultiMap headers) implements CorsResponse {

  @Override
  public List<String> headers(String name) {
    return headers.getAll(name);
  }

  @Override
  public void setHeader(String name, String value) {
    headers.set(name, value);
  }

  @Override
  public void addHeader(String name, String value) {
    headers.add(name, value);
  }

  @Override
  public void removeHeader(String name) {
    headers.remove(name);
  }
}
