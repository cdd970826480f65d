package dev.corsac.servlet;

import dev.corsac.contract.Application;
import dev.corsac.contract.Manner;
import dev.corsac.contract.Reply;
import dev.corsac.contract.Reply.Header;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The application of the contract, as a servlet. */
final class ApplicationServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient Application application;

  ApplicationServlet(Application application) {
    this.application = application;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getDispatcherType() == DispatcherType.ERROR) {
      // The container's error page for 413.
      response.setHeader("Access-Control-Allow-Origin", "https://app.invalid");
      response.setHeader("Vary", "origin");
      response.getWriter().write("too much");
      return;
    }
    Reply reply =
        application.run(
            request.getMethod(),
            request.getRequestURI(),
            request.getHeader(Application.DOES),
            request.getHeader(Application.CALL));
    switch (reply.manner()) {
      case ASYNC, ASYNC_ERROR -> {
        AsyncContext context = request.startAsync();
        CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS)
            .execute(() -> answerLater(context, reply));
      }
      default -> answer(response, reply);
    }
  }

  private static void answerLater(AsyncContext context, Reply reply) {
    try {
      answer((HttpServletResponse) context.getResponse(), reply);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    context.complete();
  }

  private static void answer(HttpServletResponse response, Reply reply) throws IOException {
    switch (reply.manner()) {
      case ERROR, ASYNC_ERROR -> {
        setHeaders(response, reply);
        response.sendError(reply.status());
        return;
      }
      case THROW -> {
        setHeaders(response, reply);
        throw new IllegalStateException("thrown on purpose");
      }
      case REDIRECT -> {
        response.sendRedirect(reply.headers().get(0).value());
        return;
      }
      case RESET -> {
        response.setHeader("Vary", "Accept");
        response.addHeader("Access-Control-Allow-Origin", "https://app.invalid");
        response.getWriter().write("never seen");
        response.reset();
      }
      default -> {}
    }
    response.setStatus(reply.status());
    if (reply.manner() != Manner.LATE) {
      setHeaders(response, reply);
    }
    if (reply.manner() == Manner.FLUSH) {
      response.flushBuffer();
    }
    if (!reply.body().isEmpty()) {
      PrintWriter writer = response.getWriter();
      for (char c : reply.body().toCharArray()) {
        writer.write(c);
        if (reply.manner() == Manner.FLUSH) {
          response.flushBuffer();
        }
      }
    }
    if (reply.manner() == Manner.LATE) {
      setHeaders(response, reply);
    }
  }

  /** Sets the first line of a name, adds the others: each way has to be guarded. */
  private static void setHeaders(HttpServletResponse response, Reply reply) {
    for (int i = 0; i < reply.headers().size(); i++) {
      Header header = reply.headers().get(i);
      boolean first =
          reply.headers().subList(0, i).stream()
              .noneMatch(h -> h.name().equalsIgnoreCase(header.name()));
      if (first && i % 2 == 0) {
        response.setHeader(header.name(), header.value());
      } else {
        response.addHeader(header.name(), header.value());
      }
    }
  }
}
