package dev.corsac.netty;

import dev.corsac.CorsRequest;
import dev.corsac.CorsResponse;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Netty's heads of requests and responses, as the engine sees them. */
final class Heads {
  private Heads() {}

  /** What the engine looks at. */
  record Request(HttpRequest request, Channel channel) implements CorsRequest {

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

    /** The channel of an HTTP/2 stream has TLS in its parent. */
    @Override
    public boolean hasClientCertificate() {
      SslHandler tls = channel.pipeline().get(SslHandler.class);
      if (tls == null && channel.parent() != null) {
        tls = channel.parent().pipeline().get(SslHandler.class);
      }
      return tls != null && CorsRequest.hasClientCertificate(tls.engine().getSession());
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
