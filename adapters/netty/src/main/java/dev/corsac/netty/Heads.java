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

    /** The path of a target in origin form, or in the absolute form that servers must take too. */
    @Override
    public String path() {
      String target = request.uri();
      int scheme = target.startsWith("/") ? -1 : target.indexOf("://");
      int from = scheme < 0 ? 0 : target.indexOf('/', scheme + 3);
      if (from < 0) {
        return "/";
      }
      int query = target.indexOf('?', from);
      int fragment = target.indexOf('#', from);
      int to = query < 0 ? target.length() : query;
      return target.substring(from, fragment < 0 ? to : Math.min(to, fragment));
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
