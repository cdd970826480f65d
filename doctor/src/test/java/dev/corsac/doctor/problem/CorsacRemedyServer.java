package dev.corsac.doctor.problem;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.corsac.CorsPolicy;
import dev.corsac.config.ConfigLoader;
import dev.corsac.config.ConfigResult;
import dev.corsac.jdk.CorsFilter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Corsac's file, read by its loader, in front of the JDK's server. */
final class CorsacRemedyServer implements RemedyServer {

  @Override
  public Running start(String name, Remedy remedy, Guard guard) throws IOException {
    return serve(
        remedy.code().isEmpty() ? List.of() : List.of(new CorsFilter(policy(remedy.code()))),
        name,
        guard);
  }

  private static CorsPolicy policy(String yaml) throws IOException {
    Path file = Files.createTempFile("corsac", ".yaml");
    try {
      Files.writeString(file, yaml);
      ConfigResult result = ConfigLoader.load(file, Map.of());
      return result
          .config()
          .flatMap(config -> config.cors())
          .orElseThrow(() -> new AssertionError(result.findings() + "\n" + yaml));
    } finally {
      Files.delete(file);
    }
  }

  /** The application alone, behind the filters. */
  static Running serve(List<Filter> filters, String name, Guard guard) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server
        .createContext("/", exchange -> answer(exchange, name, guard))
        .getFilters()
        .addAll(filters);
    server.start();
    return new Running(
        server.getAddress().getPort(),
        () -> {
          server.stop(0);
          threads.shutdown();
        });
  }

  private static void answer(HttpExchange exchange, String name, Guard guard) throws IOException {
    boolean authorized = exchange.getRequestHeaders().containsKey("Authorization");
    Answer answer = Answer.to(exchange.getRequestURI().getPath(), authorized, guard);
    answer.headers().forEach(exchange.getResponseHeaders()::put);
    if (exchange.getRequestURI().getPath().equals("/login")) {
      // What an application sets in the case of Corsac, and what nginx is to correct.
      String more = name.equals("cookie-of-upstream") ? "" : "; SameSite=None; Secure";
      exchange.getResponseHeaders().add("Set-Cookie", "session_id=1; Path=/" + more);
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status() == 0 ? 500 : answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
