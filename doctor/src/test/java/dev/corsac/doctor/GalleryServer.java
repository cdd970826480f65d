package dev.corsac.doctor;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Page and API of an exhibit, to the byte: one server on three ports, for the page's origin, the
 * API's, and the API's over TLS.
 */
final class GalleryServer implements AutoCloseable {
  /** RFC 8446, 5.1. */
  private static final int TLS_HANDSHAKE = 22;

  private final ServerSocket page = socket();
  private final ServerSocket api = socket();
  private final ServerSocket untrusted;
  private final int closedPort;
  private volatile Gallery.@Nullable Exhibit exhibit;

  GalleryServer(Path folder) throws Exception {
    untrusted =
        new Certificate(folder)
            .context()
            .getServerSocketFactory()
            .createServerSocket(0, 50, loopback());
    try (ServerSocket closed = socket()) {
      closedPort = closed.getLocalPort();
    }
    for (ServerSocket socket : List.of(page, api, untrusted)) {
      daemon(() -> accept(socket));
    }
  }

  void show(Gallery.Exhibit next) {
    exhibit = next;
  }

  String origin() {
    return "http://localhost:" + page.getLocalPort();
  }

  /** The text with its placeholders filled, but {@code {origin}}. */
  String fill(String text) {
    return text.replace("{page}", origin())
        .replace("{PAGE}", origin().toUpperCase(Locale.ROOT))
        .replace("{pageHttps}", origin().replace("http:", "https:"))
        .replace("{api}", "http://localhost:" + api.getLocalPort())
        .replace("{apiHttps}", "https://localhost:" + api.getLocalPort())
        .replace("{apiWithUser}", "http://user:secret@localhost:" + api.getLocalPort())
        .replace("{other}", "http://127.0.0.1:" + api.getLocalPort())
        .replace("{closed}", "http://localhost:" + closedPort)
        .replace("{untrusted}", "https://localhost:" + untrusted.getLocalPort());
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        daemon(() -> serve(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      BufferedInputStream bytes = new BufferedInputStream(connection.getInputStream());
      bytes.mark(1);
      if (bytes.read() == TLS_HANDSHAKE) {
        // As web servers do: the greeting of a TLS client has no line to wait for.
        byte[] refusal = head(400, List.of(), "").getBytes(StandardCharsets.ISO_8859_1);
        connection.getOutputStream().write(refusal);
        return;
      }
      bytes.reset();
      BufferedReader in =
          new BufferedReader(new InputStreamReader(bytes, StandardCharsets.ISO_8859_1));
      String line = in.readLine();
      List<String> start = line == null ? List.of() : List.of(line.split(" ", 3));
      if (start.size() < 3) {
        return;
      }
      Map<String, String> headers = new HashMap<>();
      for (String header = in.readLine(); header != null && !header.isEmpty(); ) {
        String[] parts = header.split(":", 2);
        headers.put(parts[0].toLowerCase(Locale.ROOT), parts[parts.length - 1].strip());
        header = in.readLine();
      }
      in.skip(Long.parseLong(headers.getOrDefault("content-length", "0")));
      answer(start.get(0), start.get(1), headers, connection.getOutputStream());
      connection.getOutputStream().flush();
    } catch (IOException gone) {
      // The client hung up.
    }
  }

  private void answer(String method, String target, Map<String, String> headers, OutputStream out)
      throws IOException {
    Gallery.Exhibit shown = Objects.requireNonNull(exhibit);
    String path = target.replaceFirst("\\?.*", "");
    if (path.equals("/page")) {
      out.write(page(shown).getBytes(StandardCharsets.UTF_8));
      return;
    }
    for (Gallery.Resource resource : shown.server()) {
      if (resource.path().equals(path)) {
        boolean preflight =
            method.equals("OPTIONS") && headers.containsKey("access-control-request-method");
        Gallery.Answer answer =
            preflight && resource.preflight() != null ? resource.preflight() : resource.response();
        boolean cached = resource.cachedFor() != null && !target.contains("?");
        String origin =
            cached
                ? Objects.requireNonNull(resource.cachedFor())
                : headers.getOrDefault("origin", "");
        write(answer, origin, out);
        return;
      }
    }
    out.write(head(404, List.of(), "").getBytes(StandardCharsets.ISO_8859_1));
  }

  private void write(Gallery.Answer answer, String origin, OutputStream out) throws IOException {
    if (answer.hang()) {
      try {
        TimeUnit.SECONDS.sleep(30);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (answer.raw() != null) {
      out.write(answer.raw().getBytes(StandardCharsets.ISO_8859_1));
    } else if (!answer.close()) {
      String body = Objects.requireNonNullElse(answer.body(), "ok");
      List<List<String>> headers =
          Objects.requireNonNullElse(answer.headers(), List.<List<String>>of()).stream()
              .filter(header -> !header.get(1).equals("{origin}") || !origin.isEmpty())
              .map(
                  header -> List.of(header.get(0), fill(header.get(1)).replace("{origin}", origin)))
              .toList();
      out.write(head(answer.status(), headers, body).getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private String page(Gallery.Exhibit shown) {
    String meta =
        shown.pageMeta() == null
            ? ""
            : "<meta http-equiv=\"Content-Security-Policy\" content=\""
                + fill(shown.pageMeta())
                + "\">";
    List<List<String>> headers =
        Objects.requireNonNullElse(shown.pageHeaders(), List.<List<String>>of()).stream()
            .map(header -> List.of(header.get(0), fill(header.get(1))))
            .toList();
    return head(200, headers, "<!doctype html><title>page</title>" + meta)
        .replaceFirst("\r\n", "\r\nContent-Type: text/html\r\n");
  }

  private static String head(int status, List<List<String>> headers, String body) {
    StringBuilder out = new StringBuilder("HTTP/1.1 " + status + " x\r\nConnection: close\r\n");
    headers.forEach(header -> out.append(header.get(0) + ": " + header.get(1) + "\r\n"));
    if (status != 204) {
      out.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
    } else {
      out.append("\r\n");
    }
    return out.toString();
  }

  private static ServerSocket socket() {
    try {
      return new ServerSocket(0, 50, loopback());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "gallery");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    page.close();
    api.close();
    untrusted.close();
  }
}
