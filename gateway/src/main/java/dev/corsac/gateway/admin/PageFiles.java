package dev.corsac.gateway.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of the operator's page, from the jar. They hold nothing secret. Immutable. */
final class PageFiles {
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private final Map<String, File> files = new HashMap<>();

  /** One file. */
  record File(String type, String text) {}

  PageFiles() {
    add("/", "index.html", "text/html; charset=utf-8");
    add("/watch.css", "watch.css", "text/css; charset=utf-8");
    add("/favicon.svg", "favicon.svg", "image/svg+xml");
    for (String script : new String[] {"watch", "live", "routes", "explain", "dom"}) {
      add("/" + script + ".js", script + ".js", SCRIPT);
    }
  }

  private void add(String path, String name, String type) {
    try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no page/" + name);
      }
      files.put(path, new File(type, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Nullable File get(String path) {
    return files.get(path);
  }
}
