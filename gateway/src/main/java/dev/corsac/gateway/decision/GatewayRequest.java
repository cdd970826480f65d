package dev.corsac.gateway.decision;

import dev.corsac.CorsRequest;
import dev.corsac.gateway.http.Authority;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as the policy engine sees it.
 *
 * @param client the address of who asks
 * @param asked the host that is asked, wherever the request says it; null if it says none
 */
public record GatewayRequest(
    HttpServerRequest request, String path, @Nullable Authority asked, String client)
    implements CorsRequest {

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public @Nullable String header(String name) {
    return request.headers().get(name);
  }

  @Override
  public List<String> headers(String name) {
    return request.headers().getAll(name);
  }

  @Override
  public boolean hasClientCertificate() {
    return CorsRequest.hasClientCertificate(request.sslSession());
  }

  @Override
  public @Nullable String authority() {
    return asked == null ? null : asked.toString();
  }
}
