package dev.corsac.gateway;

import dev.corsac.CorsRequest;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as the policy engine sees it.
 *
 * @param authority the host that is asked, which is the value of {@code Host} wherever the request
 *     says it; null if it says none
 */
record GatewayRequest(HttpServerRequest request, String path, @Nullable Authority authority)
    implements CorsRequest {

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public @Nullable String header(String name) {
    return name.equalsIgnoreCase("Host") ? host() : request.headers().get(name);
  }

  @Override
  public List<String> headers(String name) {
    if (name.equalsIgnoreCase("Host")) {
      String host = host();
      return host == null ? List.of() : List.of(host);
    }
    return request.headers().getAll(name);
  }

  private @Nullable String host() {
    return authority == null ? null : authority.toString();
  }
}
