package dev.corsac.gateway;

import dev.corsac.CorsRequest;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as the policy engine sees it. */
record GatewayRequest(HttpServerRequest request, String path) implements CorsRequest {

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public @Nullable String header(String name) {
    return request.headers().get(name);
  }

  @Override
  public @Nullable String authority() {
    String host = request.headers().get("Host");
    return host == null && request.authority() != null ? request.authority().toString() : host;
  }

  @Override
  public List<String> headers(String name) {
    return request.headers().getAll(name);
  }
}
