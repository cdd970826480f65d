package dev.corsac.netty;

import dev.corsac.CorsRequest;
import dev.corsac.CorsResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Netty's heads of requests and responses, as the engine sees them. */
final class Heads {
  private Heads() {}

  /** What the engine looks at. */
  record Request(HttpRequest request) implements CorsRequest {

    @Override
    public String method() {
      return request.method().name();
    }

    @Override
    public String path() {
      return CorsRequest.pathOf(request.uri());
    }

    @Override
    public @Nullable String header(String name) {
      return request.headers().get(name);
    }

    @Override
    public List<String> headers(String name) {
      return request.headers().getAll(name);
    }
  }

  /** Where the headers go. */
  record Response(HttpHeaders head) implements CorsResponse {

    @Override
    public List<String> headers(String name) {
      return head.getAll(name);
    }

    @Override
    public void setHeader(String name, String value) {
      head.set(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
      head.add(name, value);
    }

    @Override
    public void removeHeader(String name) {
      head.remove(name);
    }
  }
}
