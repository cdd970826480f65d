package dev.corsac.benchmarks;

import com.sun.management.ThreadMXBean;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpServer;
import dev.corsac.CorsPolicy;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CorsHandler;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prints the bytes that a whole server allocates for one request over a connection that stays:
 * without CORS, with Corsac, and with what the stack has itself.
 */
public final class ServerBytes {
  private static final String ORIGIN = "https://app0.example.com";
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE");
  private static final List<String> HEADERS =
      List.of("Content-Type", "Authorization", "X-Request-ID");
  private static final Pattern HEAD = Pattern.compile("^(.+\r\n)+\r\n");
  private static final Pattern BODY = Pattern.compile("(?i)\ncontent-length: ([0-9]{1,4})\r");
  private static final int WARM = 30_000;
  private static final int MEASURED = 20_000;

  private ServerBytes() {}

  /** Runs with {@code jdk} or {@code vertx}. */
  public static void main(String... arguments) throws Exception {
    // The JDK's server would wait 40 ms for the acknowledgement of each head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    for (String with : List.of("none", "corsac", "vertx")) {
      if (with.equals("vertx") && !arguments[0].equals("vertx")) {
        continue;
      }
      int port = arguments[0].equals("vertx") ? vertx(with) : jdk(with);
      requests()
          .forEach(
              (name, request) ->
                  System.out.printf(
                      Locale.ROOT,
                      "%-6s %-7s %-18s %7.0f bytes%n",
                      arguments[0],
                      with,
                      name,
                      bytes(port, request)));
    }
    System.exit(0);
  }

  private static Map<String, String> requests() {
    String origin = "Origin: " + ORIGIN + "\r\n";
    return new TreeMap<>(
        Map.of(
            "no-origin",
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "allowed-get",
            "GET / HTTP/1.1\r\nHost: localhost\r\n" + origin + "\r\n",
            "denied-get",
            "GET / HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example.org\r\n\r\n",
            "allowed-preflight",
            "OPTIONS / HTTP/1.1\r\nHost: localhost\r\n"
                + origin
                + "Access-Control-Request-Method: PUT\r\n"
                + "Access-Control-Request-Headers: authorization,content-type\r\n\r\n"));
  }

  private static CorsPolicy policy() {
    return CorsPolicy.builder()
        .allowOrigins(ORIGIN)
        .allowMethods(METHODS)
        .allowHeaders(HEADERS)
        .exposeHeaders("X-Total-Count")
        .allowCredentials()
        .build();
  }

  private static int jdk(String with) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    HttpContext context =
        server.createContext(
            "/",
            exchange -> {
              exchange.getResponseHeaders().set("Content-Type", "application/json");
              exchange.sendResponseHeaders(200, 2);
              exchange.getResponseBody().write(new byte[] {'o', 'k'});
              exchange.close();
            });
    if (with.equals("corsac")) {
      context.getFilters().add(new dev.corsac.jdk.CorsFilter(policy()));
    }
    server.start();
    return server.getAddress().getPort();
  }

  private static int vertx(String with) throws Exception {
    Vertx vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    if (with.equals("corsac")) {
      router.route().handler(new dev.corsac.vertx.CorsHandler(policy()));
    } else if (with.equals("vertx")) {
      router
          .route()
          .handler(
              CorsHandler.create()
                  .addOrigin(ORIGIN)
                  .allowCredentials(true)
                  .allowedMethods(
                      Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE))
                  .allowedHeaders(Set.copyOf(HEADERS))
                  .exposedHeader("X-Total-Count")
                  .maxAgeSeconds(600));
    }
    router
        .route()
        .handler(
            context -> context.response().putHeader("Content-Type", "application/json").end("ok"));
    return vertx
        .createHttpServer()
        .requestHandler(router)
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get()
        .actualPort();
  }

  private static double bytes(int port, String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(10_000);
      byte[] sent = request.getBytes(StandardCharsets.US_ASCII);
      run(socket, sent, WARM);
      long before = allocated();
      run(socket, sent, MEASURED);
      return (allocated() - before) / (double) MEASURED;
    } catch (IOException e) {
      throw new IllegalStateException(request, e);
    }
  }

  private static void run(Socket socket, byte[] request, int times) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[4096];
    for (int i = 0; i < times; i++) {
      socket.getOutputStream().write(request);
      int length = 0;
      while (!isWhole(buffer, length)) {
        int read = in.read(buffer, length, buffer.length - length);
        if (read < 0) {
          throw new IOException("closed");
        }
        length += read;
      }
    }
  }

  private static boolean isWhole(byte[] buffer, int length) {
    Matcher head = HEAD.matcher(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
    if (!head.find()) {
      return false;
    }
    Matcher body = BODY.matcher(head.group());
    return length >= head.end() + (body.find() ? Integer.parseInt(body.group(1)) : 0);
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] ids = threads.getAllThreadIds();
    long[] each = threads.getThreadAllocatedBytes(ids);
    long sum = 0;
    for (int i = 0; i < ids.length; i++) {
      sum += ids[i] == Thread.currentThread().getId() ? 0 : Math.max(0, each[i]);
    }
    return sum;
  }
}
