package dev.corsac.lab;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a page's JavaScript got from the browser.
 *
 * @param status the status; 0 if the page sees none
 * @param headers the headers that the page sees: lower-case names, sorted
 * @param body the body that the page sees
 * @param error what was thrown, such as {@code TypeError: Failed to fetch}; empty if nothing was
 */
record Report(Kind kind, int status, Map<String, String> headers, String body, String error) {

  private static final int LONGEST_BODY = 4000;

  /** What JavaScript can do with it. */
  enum Kind {
    /** It reads the response. */
    READABLE,
    /** It gets a response that it cannot look into. */
    OPAQUE,
    /** The promise was rejected. */
    BLOCKED,
    /** The call itself was wrong, and nothing was sent. */
    THROWN,
    /** The browser said nothing within the time that the page waits. */
    SILENT;

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> of(@Nullable Object id) {
      return Arrays.stream(values()).filter(each -> each.id().equals(id)).findFirst();
    }
  }

  static Optional<Report> of(Object json) {
    if (!(json instanceof JsonObject report)) {
      return Optional.empty();
    }
    Map<String, String> headers = new TreeMap<>();
    if (report.getValue("headers") instanceof JsonObject seen) {
      seen.forEach(each -> headers.put(each.getKey(), String.valueOf(each.getValue())));
    }
    int status = report.getValue("status") instanceof Number number ? number.intValue() : 0;
    return Kind.of(report.getValue("kind"))
        .map(
            kind -> new Report(kind, status, headers, text(report, "body"), text(report, "error")));
  }

  private static String text(JsonObject json, String key) {
    String text = json.getValue(key) instanceof String found ? found : "";
    return text.substring(0, Math.min(text.length(), LONGEST_BODY));
  }
}
