package dev.corsac.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.corsac.contract.Reply.Header;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The application on the JDK's own server: what the JDK adapter guards, and a gateway's upstream.
 */
public record JdkApplication(Application application) implements HttpHandler {

  /** The application without any CORS, as an upstream. */
  public static Server serve(Application application) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.createContext("/", new JdkApplication(application));
    server.start();
    return new Server(
        server.getAddress().getPort(),
        () -> {
          server.stop(0);
          threads.shutdown();
        });
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Reply reply =
        application.run(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            exchange.getRequestHeaders().getFirst(Application.DOES),
            exchange.getRequestHeaders().getFirst(Application.CALL));
    switch (reply.manner()) {
      case ASYNC, ASYNC_ERROR -> later(() -> send(exchange, reply));
      case THROW -> {
        setHeaders(exchange, reply);
        throw new IllegalStateException("thrown on purpose");
      }
      case RESET -> {
        exchange.getResponseHeaders().set("Vary", "Accept");
        exchange.getResponseHeaders().clear();
        send(exchange, reply);
      }
      default -> send(exchange, reply);
    }
  }

  private static void later(Runnable task) {
    CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS).execute(task);
  }

  private static void setHeaders(HttpExchange exchange, Reply reply) {
    for (Header header : reply.headers()) {
      exchange.getResponseHeaders().add(header.name(), header.value());
    }
  }

  private static void send(HttpExchange exchange, Reply reply) {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    boolean streams = reply.manner() == Manner.FLUSH;
    setHeaders(exchange, reply);
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(
          reply.status(), body.length == 0 ? -1 : streams ? 0 : body.length);
      if (body.length > 0) {
        OutputStream out = exchange.getResponseBody();
        for (byte piece : body) {
          out.write(piece);
          if (streams) {
            out.flush();
          }
        }
        out.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
