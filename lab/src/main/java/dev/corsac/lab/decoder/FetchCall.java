package dev.corsac.lab.decoder;

import dev.corsac.browser.Header;
import io.vertx.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a call of {@code fetch}, as browsers copy one or as people write it. */
final class FetchCall {
  private static final Pattern START = Pattern.compile("\\bfetch\\s*\\(");

  private FetchCall() {}

  static Optional<PastedRequest> in(String text) {
    Matcher start = START.matcher(text);
    if (!start.find()) {
      return Optional.empty();
    }
    List<Object> arguments = new JavaScriptValues(text, start.end()).arguments();
    if (arguments.isEmpty() || !(arguments.get(0) instanceof String url)) {
      return Optional.empty();
    }
    Map<?, ?> options =
        arguments.size() > 1 && arguments.get(1) instanceof Map<?, ?> map ? map : Map.of();
    Object body = options.get("body");
    String method = string(options.get("method"), "GET");
    return Optional.of(
        PastedRequest.of(
            url,
            normalised(method),
            headers(options.get("headers")),
            body == null ? null : body instanceof String text2 ? text2 : Json.encode(body),
            false,
            string(options.get("credentials"), "same-origin"),
            string(options.get("mode"), "cors"),
            string(options.get("referrer"), ""),
            true));
  }

  /** Fetch, normalize a method: these are written in upper case, others as they are. */
  private static String normalised(String method) {
    String upper = method.toUpperCase(Locale.ROOT);
    return List.of("DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT").contains(upper)
        ? upper
        : method;
  }

  private static List<Header> headers(@Nullable Object value) {
    List<Header> headers = new ArrayList<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, each) -> headers.add(new Header(string(name, ""), string(each, ""))));
    } else if (value instanceof List<?> pairs) {
      for (Object pair : pairs) {
        if (pair instanceof List<?> two && two.size() == 2) {
          headers.add(new Header(string(two.get(0), ""), string(two.get(1), "")));
        }
      }
    }
    return headers;
  }

  private static String string(@Nullable Object value, String otherwise) {
    return value == null ? otherwise : String.valueOf(value);
  }
}
