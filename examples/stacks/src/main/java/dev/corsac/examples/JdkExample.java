package dev.corsac.examples;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.corsac.CorsPolicy;
import dev.corsac.examples.Api.Answer;
import dev.corsac.jdk.CorsFilter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The API on the JDK's own server. */
final class JdkExample {
  private JdkExample() {}

  static Running start(CorsPolicy policy, int port) throws IOException {
    Api api = new Api();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    HttpContext context = server.createContext("/", exchange -> send(exchange, run(exchange, api)));
    context.getFilters().add(0, new CorsFilter(policy));
    server.start();
    return new Running(server.getAddress().getPort(), () -> server.stop(0));
  }

  private static Answer run(HttpExchange exchange, Api api) throws IOException {
    return switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
      case "GET /api/data" -> api.data();
      case "POST /api/data" -> {
        byte[] body = exchange.getRequestBody().readAllBytes();
        yield api.receive(new String(body, StandardCharsets.UTF_8));
      }
      case "GET /api/items" -> api.items();
      case "POST /login" -> api.login();
      case "GET /protected" -> api.showProtected(exchange.getRequestHeaders().getFirst("Cookie"));
      default -> api.notFound();
    };
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
