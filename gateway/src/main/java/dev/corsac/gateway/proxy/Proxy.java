package dev.corsac.gateway.proxy;

import dev.corsac.gateway.route.Upstream;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;

/**
 * What every proxied request of one event loop needs.
 *
 * @param http1 speaks HTTP/1.1
 * @param http2 speaks HTTP/2
 */
public record Proxy(Vertx vertx, HttpClient http1, HttpClient http2, Deadlines deadlines) {

  public Proxy(Vertx vertx, HttpClient http1, HttpClient http2) {
    this(vertx, http1, http2, new Deadlines(vertx));
  }

  HttpClient client(Upstream upstream, boolean webSocket) {
    return upstream.http2() && !webSocket ? http2 : http1;
  }
}
