package dev.corsac.doctor;

import dev.corsac.browser.Exchange;
import dev.corsac.browser.Header;
import dev.corsac.browser.WireRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The command that sends the same request from a shell. */
final class Curl {
  private Curl() {}

  static List<String> of(List<Exchange> exchanges) {
    return exchanges.stream().map(exchange -> of(exchange.request())).distinct().toList();
  }

  static String of(WireRequest request) {
    StringBuilder out = new StringBuilder("curl -i");
    if (request.method().equals("HEAD")) {
      out.append(" --head");
    } else if (!request.method().equals("GET")) {
      out.append(" -X ").append(quoted(request.method()));
    }
    out.append(' ').append(quoted(request.url()));
    for (Header header : request.headers()) {
      if (!header.name().equals("Accept") && !header.name().equals("Content-Length")) {
        out.append(" -H ").append(quoted(header.toString()));
      }
    }
    byte[] body = request.body();
    if (body.length > 0) {
      out.append(" --data-binary ").append(quoted(new String(body, StandardCharsets.UTF_8)));
    }
    return out.toString();
  }

  /** A word for a POSIX shell. */
  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9_./:=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
