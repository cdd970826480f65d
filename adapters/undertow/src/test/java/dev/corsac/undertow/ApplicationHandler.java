package dev.corsac.undertow;

import dev.corsac.contract.Application;
import dev.corsac.contract.Manner;
import dev.corsac.contract.Reply;
import dev.corsac.contract.Reply.Header;
import io.undertow.io.UndertowOutputStream;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.RedirectHandler;
import io.undertow.util.HttpString;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The application of the contract, as a handler inside Undertow's {@code BlockingHandler}. */
record ApplicationHandler(Application application) implements HttpHandler {
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    Reply reply =
        application.run(
            exchange.getRequestMethod().toString(),
            exchange.getRequestPath(),
            exchange.getRequestHeaders().getFirst(Application.DOES),
            exchange.getRequestHeaders().getFirst(Application.CALL));
    switch (reply.manner()) {
      case ASYNC, ASYNC_ERROR -> exchange.dispatch(LATER, () -> end(exchange, reply));
      default -> answer(exchange, reply);
    }
  }

  private static void answer(HttpServerExchange exchange, Reply reply) throws Exception {
    switch (reply.manner()) {
      case LATE -> {
        OutputStream out = exchange.getOutputStream();
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        int half = body.length / 2;
        out.write(body, 0, half);
        setHead(exchange, reply);
        out.write(body, half, body.length - half);
        out.close();
      }
      case FLUSH -> {
        setHead(exchange, reply);
        OutputStream out = exchange.getOutputStream();
        out.flush();
        for (byte piece : reply.body().getBytes(StandardCharsets.UTF_8)) {
          out.write(piece);
          out.flush();
        }
        out.close();
      }
      case RESET -> {
        exchange.getResponseHeaders().put(new HttpString("Vary"), "Accept");
        OutputStream out = exchange.getOutputStream();
        out.write("never seen".getBytes(StandardCharsets.UTF_8));
        ((UndertowOutputStream) out).resetBuffer();
        exchange.getResponseHeaders().clear();
        setHead(exchange, reply);
        out.write(reply.body().getBytes(StandardCharsets.UTF_8));
        out.close();
      }
      case REDIRECT -> {
        setHead(exchange, reply);
        new RedirectHandler(exchange.getResponseHeaders().getFirst("Location"))
            .handleRequest(exchange);
      }
      case THROW -> {
        setHead(exchange, reply);
        throw new IllegalStateException("thrown on purpose");
      }
      default -> end(exchange, reply);
    }
  }

  private static void end(HttpServerExchange exchange, Reply reply) {
    setHead(exchange, reply);
    if (reply.manner() == Manner.ERROR || reply.manner() == Manner.ASYNC_ERROR) {
      exchange.endExchange();
    } else {
      exchange.getResponseSender().send(reply.body());
    }
  }

  private static void setHead(HttpServerExchange exchange, Reply reply) {
    exchange.setStatusCode(reply.status());
    for (Header header : reply.headers()) {
      exchange.getResponseHeaders().add(new HttpString(header.name()), header.value());
    }
  }
}
