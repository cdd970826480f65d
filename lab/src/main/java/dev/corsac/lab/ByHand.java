package dev.corsac.lab;

import dev.corsac.browser.Header;
import dev.corsac.browser.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server whose CORS headers somebody wrote by hand, right or wrong, with no policy behind them.
 *
 * <pre>
 * preflight: 204
 * Access-Control-Allow-Origin: {origin}
 *
 * response: 200
 * Access-Control-Allow-Origin: {origin}
 * Access-Control-Allow-Credentials: true
 * </pre>
 *
 * <p>{@code {origin}} is the request's {@code Origin}; the line is left out where the request has
 * none. Without {@code preflight} a preflight gets 405, as servers respond that do not know of it.
 * Without a status, {@code response:} adds its lines to what the API responds.
 *
 * @param preflight the response to preflights, null for none
 * @param response the response to other requests
 */
record ByHand(@Nullable Part preflight, Part response) {
  static final String ORIGIN = "{origin}";

  private static final int MOST_LINES = 60;
  private static final Pattern START =
      Pattern.compile("(preflight|response):\\s*([1-9][0-9]{2})?\\s*");
  private static final Pattern LINE =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*");

  /**
   * A response.
   *
   * @param status 0 for the API's own
   */
  record Part(int status, List<Header> headers) {
    /** Its header lines for a request with this {@code Origin}; null for none. */
    List<Header> headersFor(@Nullable String origin) {
      List<Header> lines = new ArrayList<>();
      for (Header header : headers) {
        if (!header.value().contains(ORIGIN)) {
          lines.add(header);
        } else if (origin != null) {
          lines.add(new Header(header.name(), header.value().replace(ORIGIN, origin)));
        }
      }
      return lines;
    }
  }

  /** Reads the text. */
  static ByHand parse(String text) throws InvalidExperimentException {
    Part preflight = null;
    Part response = new Part(0, List.of());
    String name = "";
    int status = 0;
    List<Header> headers = new ArrayList<>();
    List<String> lines = new ArrayList<>(text.lines().limit(MOST_LINES + 1L).toList());
    if (lines.size() > MOST_LINES) {
      throw new InvalidExperimentException("The server has more than " + MOST_LINES + " lines.");
    }
    lines.add("response:");
    boolean responseSeen = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher start = START.matcher(line);
      Matcher header = LINE.matcher(line);
      if (start.matches()) {
        if (name.equals("preflight")) {
          preflight = new Part(status == 0 ? 204 : status, List.copyOf(headers));
        } else if (name.equals("response") && !responseSeen) {
          response = new Part(status, List.copyOf(headers));
          responseSeen = true;
        }
        name = start.group(1);
        status = start.group(2) == null ? 0 : Integer.parseInt(start.group(2));
        headers.clear();
        if (status != 0 && (status < 200 || status > 599)) {
          throw new InvalidExperimentException(
              "Line " + (i + 1) + ": a final status is 200 to 599, not " + status + ".");
        }
      } else if (header.matches() && !name.isEmpty() && isSendable(header.group(2))) {
        headers.add(new Header(header.group(1), header.group(2)));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        throw new InvalidExperimentException(
            "Line "
                + (i + 1)
                + " is neither a header, such as Access-Control-Allow-Origin: *, nor the start of a"
                + " response. Start with preflight: 204 or response: 200.");
      }
    }
    return new ByHand(preflight, response);
  }

  private static boolean isSendable(String value) {
    return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f && c <= 0xff));
  }

  /** The headers of all parts, for a look at what is set. */
  Headers all() {
    List<Header> all = new ArrayList<>(response.headers());
    if (preflight != null) {
      all.addAll(preflight.headers());
    }
    return Headers.of(all);
  }
}
