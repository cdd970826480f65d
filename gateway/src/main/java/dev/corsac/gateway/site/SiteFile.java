package dev.corsac.gateway.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A regular file of a site, wherever links lead, as long as that is in the folder.
 *
 * @param path without links
 * @param name the last name by which it was asked for
 * @param coding its {@code Content-Encoding}; empty if it has none
 */
record SiteFile(Path path, String name, String coding, long size, long modifiedNanos) {
  private static final String INDEX = "index.html";

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("htm", "text/html; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("xml", "application/xml"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("gif", "image/gif"),
          Map.entry("webp", "image/webp"),
          Map.entry("avif", "image/avif"),
          Map.entry("ico", "image/vnd.microsoft.icon"),
          Map.entry("woff", "font/woff"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("ttf", "font/ttf"),
          Map.entry("otf", "font/otf"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("webm", "video/webm"));

  /** As bundlers write the hash of the content into a name. */
  private static final Pattern HASHED =
      Pattern.compile(
          ".*[.-]((?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{8,64}"
              + "|(?=\\S*[A-Z])(?=\\S*[a-z])(?=\\S*[0-9])[A-Za-z0-9_]{8})(\\.[a-z0-9]+)+");

  /**
   * Finds a file, or the index of a folder; null if there is none.
   *
   * @param codings those that the client takes, the best first
   */
  static @Nullable SiteFile find(Path folder, SitePath path, List<String> codings)
      throws IOException {
    Path root = folder.toRealPath();
    try {
      Path asked = root;
      for (String name : path.names()) {
        asked = asked.resolve(name);
      }
      return path.folder() ? of(root, asked.resolve(INDEX), codings) : of(root, asked, codings);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** Whether a path without a slash at its end is a folder with an index. */
  static boolean isFolder(Path folder, SitePath path) throws IOException {
    return !path.folder() && find(folder, new SitePath(path.names(), true), List.of()) != null;
  }

  private static @Nullable SiteFile of(Path root, Path asked, List<String> codings)
      throws IOException {
    String name = String.valueOf(asked.getFileName());
    SiteFile plain = of(root, asked, name, "");
    if (plain == null) {
      return null;
    }
    for (String coding : codings) {
      String end = coding.equals("br") ? ".br" : ".gz";
      SiteFile compressed = of(root, asked.resolveSibling(name + end), name, coding);
      // One that is older than the file was made of another.
      if (compressed != null && compressed.modifiedNanos() >= plain.modifiedNanos()) {
        return compressed;
      }
    }
    return plain;
  }

  private static @Nullable SiteFile of(Path root, Path asked, String name, String coding)
      throws IOException {
    if (!Files.exists(asked)) {
      return null;
    }
    Path real = asked.toRealPath();
    if (!real.startsWith(root)) {
      return null;
    }
    for (Path each : root.relativize(real)) {
      if (!SitePath.isPlain(each.toString())) {
        return null;
      }
    }
    BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
    return attributes.isRegularFile()
        ? new SiteFile(
            real,
            name,
            coding,
            attributes.size(),
            attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS))
        : null;
  }

  /** Its {@code Content-Type}. */
  String type() {
    String end = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(end, "application/octet-stream");
  }

  /** Its {@code ETag}: another for each coding. */
  String tag() {
    return "W/\""
        + Long.toHexString(modifiedNanos)
        + "-"
        + Long.toHexString(size)
        + (coding.isEmpty() ? "" : "-" + coding)
        + "\"";
  }

  /** Whether its name changes when its content does. */
  boolean isHashed() {
    return HASHED.matcher(name).matches();
  }
}
