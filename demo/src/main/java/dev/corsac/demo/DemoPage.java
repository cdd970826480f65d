package dev.corsac.demo;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Map;

/** Serves the page, the same on each of its origins. */
final class DemoPage implements Handler<HttpServerRequest> {

  private record File(String type, String content) {}

  private final Map<String, File> files;

  DemoPage(Ports ports) throws IOException {
    files =
        Map.of(
            "/", new File("text/html; charset=utf-8", ports.in(read("index.html"))),
            "/page.css", new File("text/css; charset=utf-8", read("page.css")),
            "/page.js", new File("text/javascript; charset=utf-8", read("page.js")),
            "/favicon.svg", new File("image/svg+xml", read("favicon.svg")));
  }

  @Override
  public void handle(HttpServerRequest request) {
    File file = files.get(request.path());
    boolean reads =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    if (file == null || !reads) {
      request
          .response()
          .setStatusCode(file == null ? 404 : 405)
          .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
          .end("Nothing here; the page is at /\n");
      return;
    }
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, file.type())
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
        .end(file.content());
  }

  private static String read(String name) throws IOException {
    return Demo.resource("page/" + name);
  }
}
