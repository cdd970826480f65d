package dev.corsac.lab;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files of the page, the same on each of its origins. */
final class LabPages {
  private static final List<String> MODULES =
      List.of(
          "lab",
          "bench",
          "runners",
          "drawing",
          "editor",
          "experiment",
          "lessons",
          "decoder",
          "check",
          "dom");

  private final Map<String, File> files = new HashMap<>();
  private final String pagePolicy;
  private final String runnerPolicy;

  private record File(String type, Buffer content) {}

  LabPages(LabOrigins origins) throws IOException {
    String pages = origins.listed() + " " + origins.unlisted();
    pagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' "
            + origins.sandbox()
            + " "
            + origins.api()
            + "; frame-src "
            + pages
            + " "
            + origins.lookAlike()
            + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    runnerPolicy =
        "default-src 'none'; script-src "
            // In a sandboxed frame, 'self' is nobody to WebKit.
            + pages
            + " "
            + origins.lookAlike()
            + "; connect-src "
            + origins.sandbox()
            + " "
            + origins.sandbox().replaceFirst("^http", "ws")
            + "; base-uri 'none'; form-action 'none'; frame-ancestors "
            + pages;
    page("/", "index.html", "text/html; charset=utf-8", origins);
    page("/runner.html", "runner.html", "text/html; charset=utf-8", origins);
    page("/lab.css", "lab.css", "text/css; charset=utf-8", origins);
    page("/runner.js", "runner.js", "text/javascript; charset=utf-8", origins);
    page("/examples.json", "examples.json", "application/json", origins);
    page("/favicon.svg", "favicon.svg", "image/svg+xml", origins);
    JsonObject lessons =
        new JsonObject()
            .put("lessons", json(Lesson.all("lessons", origins)))
            .put("attacks", json(Lesson.all("attacks", origins)));
    files.put("/lessons.json", new File("application/json", lessons.toBuffer()));
    for (String module : MODULES) {
      page("/" + module + ".js", module + ".js", "text/javascript; charset=utf-8", origins);
    }
  }

  private void page(String path, String name, String type, LabOrigins origins) throws IOException {
    try (InputStream in = LabPages.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        throw new IOException("missing resource page/" + name);
      }
      String text = placed(new String(in.readAllBytes(), StandardCharsets.UTF_8), origins);
      files.put(path, new File(type, Buffer.buffer(text)));
    }
  }

  /** With the lab's own origins where the text has those that a demo usually has. */
  static String placed(String text, LabOrigins origins) {
    return text.replace("http://localhost:3000", origins.listed())
        .replace("http://localhost:4000", origins.unlisted())
        .replace("http://localhost.evil.localhost:4000", origins.lookAlike())
        .replace("http://localhost:8100", origins.sandbox())
        .replace("`3000`", "`" + port(origins.listed()) + "`")
        .replace("port 3000", "port " + port(origins.listed()))
        .replace("port 4000", "port " + port(origins.unlisted()));
  }

  private static String port(String origin) {
    return origin.substring(origin.lastIndexOf(':') + 1);
  }

  private static JsonArray json(List<Lesson> lessons) {
    return new JsonArray(lessons.stream().map(Lesson::json).toList());
  }

  /** Sends a file; false if there is none of that path. */
  boolean serve(HttpServerRequest request) {
    File file = files.get(request.path());
    if (file == null) {
      return false;
    }
    boolean runner = request.path().equals("/runner.html");
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, file.type())
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
        .putHeader("Content-Security-Policy", runner ? runnerPolicy : pagePolicy)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "strict-origin-when-cross-origin")
        .end(file.content());
    return true;
  }
}
