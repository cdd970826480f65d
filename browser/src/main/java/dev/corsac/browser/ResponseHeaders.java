package dev.corsac.browser;

import dev.corsac.browser.url.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a network stack reads the header lines of a response. */
final class ResponseHeaders {
  private ResponseHeaders() {}

  /** RFC 9112, 5.1: a line whose name is not a token is not a header. */
  static Headers read(Headers raw, Engine engine) {
    List<Header> read = new ArrayList<>();
    for (Header line : raw) {
      String name = line.name();
      if (engine.departs(Departure.HEADER_NAME_TRAILING_SPACE)) {
        name = name.stripTrailing();
      }
      if (!HttpGrammar.isToken(name)) {
        continue;
      }
      String value = Ascii.strip(line.value(), " \t");
      if (value.isEmpty()
          && engine.departs(Departure.EMPTY_DUPLICATE_IGNORED)
          && containsName(read, name)
          && !name.equalsIgnoreCase("Access-Control-Allow-Origin")) {
        continue;
      }
      read.add(
          new Header(name, engine.departs(Departure.LATIN1_READ_AS_UTF8) ? asUtf8(value) : value));
    }
    return Headers.of(read);
  }

  private static boolean containsName(List<Header> headers, String name) {
    return headers.stream().anyMatch(header -> header.name().equalsIgnoreCase(name));
  }

  /** Bytes that are not UTF-8 become those of U+FFFD. */
  private static String asUtf8(String latin1) {
    String text = new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Why the network stack refuses a response that is HTTP, or null. */
  static @Nullable String refusal(WireResponse wire, Engine engine) {
    if (wire.status() == 407 && engine.departs(Departure.PROXY_STATUS_REFUSED)) {
      return "407 is for proxies";
    }
    if (repeats("Content-Disposition", wire)
        && engine.departs(Departure.MULTIPLE_CONTENT_DISPOSITIONS_REFUSED)) {
      return "more than one Content-Disposition";
    }
    if (HttpGrammar.isRedirect(wire.status())
        && engine.departs(Departure.MULTIPLE_LOCATIONS_REFUSED)
        && repeats("Location", wire)) {
      return "more than one Location";
    }
    return null;
  }

  private static boolean repeats(String name, WireResponse wire) {
    return wire.headers().values(name).stream().distinct().count() > 1;
  }
}
