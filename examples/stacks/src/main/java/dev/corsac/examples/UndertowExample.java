package dev.corsac.examples;

import dev.corsac.CorsPolicy;
import dev.corsac.examples.Api.Answer;
import dev.corsac.undertow.CorsHandler;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The API on Undertow's own handlers. */
final class UndertowExample {
  private UndertowExample() {}

  static Running start(CorsPolicy policy, int port) {
    Api api = new Api();
    HttpHandler application = new BlockingHandler(exchange -> send(exchange, run(exchange, api)));
    Undertow server =
        Undertow.builder()
            .addHttpListener(port, "127.0.0.1")
            .setHandler(new CorsHandler(application, policy))
            .build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return new Running(address.getPort(), server::stop);
  }

  private static Answer run(HttpServerExchange exchange, Api api) throws IOException {
    return switch (exchange.getRequestMethod() + " " + exchange.getRequestPath()) {
      case "GET /api/data" -> api.data();
      case "POST /api/data" -> {
        byte[] body = exchange.getInputStream().readAllBytes();
        yield api.receive(new String(body, StandardCharsets.UTF_8));
      }
      case "GET /api/items" -> api.items();
      case "POST /login" -> api.login();
      case "GET /protected" ->
          api.showProtected(exchange.getRequestHeaders().getFirst(Headers.COOKIE));
      default -> api.notFound();
    };
  }

  private static void send(HttpServerExchange exchange, Answer answer) {
    exchange.setStatusCode(answer.status());
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
    answer
        .headers()
        .forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
    exchange.getResponseSender().send(answer.body());
  }
}
