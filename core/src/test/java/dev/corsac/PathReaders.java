package dev.corsac;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Servers, each written down by itself: what path each looks for a handler by. */
final class PathReaders {
  /** Reads a path; null if it refuses it. */
  interface Reader {
    @Nullable String read(String path);
  }

  private PathReaders() {}

  static Map<String, Reader> all() {
    Map<String, Reader> readers = new TreeMap<>();
    readers.put("as it is", path -> path);
    readers.put("any case", path -> path.toLowerCase(Locale.ROOT));
    readers.put("any case, decoded", path -> then(decoded(path), PathReaders::lower));
    readers.put("decoded", PathReaders::decoded);
    readers.put("decoded twice", path -> then(decoded(path), PathReaders::decoded));
    readers.put("decoded, dots", path -> then(decoded(path), PathReaders::dots));
    readers.put("dots, decoded", path -> decoded(dots(path)));
    readers.put("dots, decoded, dots", path -> then(decoded(dots(path)), PathReaders::dots));
    readers.put("java.net.URI", path -> uri(path, false));
    readers.put("java.net.URI, decoded", path -> uri(path, true));
    readers.put("java.net.URI, normal", path -> normalUri(path));
    readers.put("WHATWG URL", PathReaders::whatwg);
    readers.put("WHATWG URL, decoded", path -> decoded(whatwg(path)));
    readers.put("WHATWG URL of the decoded", path -> then(decoded(path), PathReaders::whatwg));
    readers.put("WHATWG URL, merged", path -> merged(whatwg(path)));
    readers.put("merged, then WHATWG URL", path -> whatwg(merged(path)));
    readers.put("WHATWG URL twice", path -> whatwg(whatwg(path)));
    readers.put("nginx", path -> then(decoded(path), p -> dots(merged(p))));
    readers.put(
        "nginx, then WHATWG URL", path -> then(decoded(path), p -> whatwg(dots(merged(p)))));
    readers.put("Envoy", path -> merged(dots(path.replace("%2f", "/").replace("%5C", "\\"))));
    readers.put("dots, then WHATWG URL", path -> whatwg(dots(path)));
    readers.put("Tomcat", path -> then(decoded(parametersCut(path)), p -> dots(merged(p))));
    readers.put(
        "Tomcat with backslashes",
        path -> then(decoded(parametersCut(path)), p -> dots(merged(p.replace('\\', '/')))));
    readers.put("parameters after dots", path -> parametersCut(dots(path)));
    readers.put("parameters of the decoded", path -> then(decoded(path), p -> parametersCut(p)));
    readers.put("Fastify", path -> decoded(path.split("[;?#]", 2)[0]));
    readers.put("Fastify, merged", path -> decoded(merged(path.split("[;?#]", 2)[0])));
    readers.put("parsed after decoding", path -> then(decoded(path), p -> p.split("[?#]", 2)[0]));
    readers.put("C", path -> then(decoded(path), p -> then(decoded(p), q -> q.split("\0", 2)[0])));
    readers.put("overlong", path -> decoded(path.replace("%c0%af", "/").replace("%c0%ae", ".")));
    readers.put(
        "overlong, dots", path -> then(decoded(path.replace("%c0%af", "/")), PathReaders::dots));
    readers.put("NFKC", path -> then(decoded(path), p -> dots(lower(nfkc(p)))));
    readers.put("Windows", path -> then(decoded(path), p -> dots(windows(p.replace('\\', '/')))));
    return readers;
  }

  private static @Nullable String then(@Nullable String path, Reader reader) {
    return path == null ? null : reader.read(path);
  }

  private static String lower(String path) {
    return path.toLowerCase(Locale.ROOT);
  }

  private static String nfkc(String path) {
    return Normalizer.normalize(path, Normalizer.Form.NFKC);
  }

  private static @Nullable String decoded(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable String uri(String path, boolean decoded) {
    try {
      URI uri = URI.create(path);
      return decoded ? uri.getPath() : uri.getRawPath();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable String normalUri(String path) {
    try {
      return URI.create(path).normalize().getPath();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** URL section 4.4 of a reference against an http URL; a host that is none is not noticed. */
  private static String whatwg(String reference) {
    String path = reference.split("[?#]", 2)[0].replace('\\', '/');
    if (path.startsWith("//")) {
      path = path.replaceFirst("^/+[^/]*", "");
    }
    List<String> out = new ArrayList<>();
    String[] segments = path.replaceFirst("^/", "").split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      String dots = segments[i].replaceAll("(?i)%2e", ".");
      boolean last = i == segments.length - 1;
      if (dots.equals("..")) {
        if (!out.isEmpty()) {
          out.remove(out.size() - 1);
        }
        if (last) {
          out.add("");
        }
      } else if (dots.equals(".")) {
        if (last) {
          out.add("");
        }
      } else {
        out.add(segments[i]);
      }
    }
    return "/" + String.join("/", out);
  }

  private static String merged(String path) {
    String out = path;
    while (out.contains("//")) {
      out = out.replace("//", "/");
    }
    return out;
  }

  /** RFC 3986 section 5.2.4, to the letter. */
  private static String dots(String path) {
    String in = path;
    StringBuilder out = new StringBuilder();
    while (!in.isEmpty()) {
      if (in.startsWith("/./")) {
        in = in.substring(2);
      } else if (in.equals("/.")) {
        in = "/";
      } else if (in.startsWith("/../") || in.equals("/..")) {
        in = in.equals("/..") ? "/" : in.substring(3);
        out.setLength(Math.max(0, out.lastIndexOf("/")));
      } else {
        int end = in.indexOf('/', 1);
        end = end < 0 ? in.length() : end;
        out.append(in, 0, end);
        in = in.substring(end);
      }
    }
    return out.toString();
  }

  private static String parametersCut(String path) {
    return path.replaceAll(";[^/]*", "");
  }

  private static String windows(String path) {
    List<String> out = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      int stream = segment.indexOf("::$DATA");
      String name = stream < 0 ? segment : segment.substring(0, stream);
      while (name.endsWith(" ") || (name.endsWith(".") && !name.matches("\\.+"))) {
        name = name.substring(0, name.length() - 1);
      }
      out.add(name);
    }
    return String.join("/", out);
  }
}
