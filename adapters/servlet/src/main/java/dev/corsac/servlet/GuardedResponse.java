package dev.corsac.servlet;

import dev.corsac.CorsResponse;
import dev.corsac.Decision;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A response that carries the CORS headers of a decision from the start, and lets nobody change
 * them.
 *
 * <p>A container may send the headers at any time, without telling, so they cannot be written last.
 */
final class GuardedResponse extends HttpServletResponseWrapper implements CorsResponse {
  /** Where the request keeps it, for later dispatches. */
  static final String ATTRIBUTE = "dev.corsac.servlet.response";

  /** What has an effect on a response to any request, so that nobody may have set it before. */
  private static final String[] OF_ALL = {
    "Vary",
    "Access-Control-Allow-Origin",
    "Access-Control-Allow-Credentials",
    "Access-Control-Expose-Headers"
  };

  /** What has an effect on the response to a preflight besides. */
  private static final String[] OF_PREFLIGHTS = {
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Headers",
    "Access-Control-Max-Age",
    "Access-Control-Allow-Private-Network",
    "Access-Control-Allow-External"
  };

  private final HttpServletRequest request;
  private final Decision decision;
  private boolean applying;
  private boolean onErrorPage;

  GuardedResponse(HttpServletRequest request, HttpServletResponse response, Decision decision) {
    super(response);
    this.request = request;
    this.decision = decision;
    if (hasNone(response, OF_ALL)
        && (decision instanceof Decision.Proceed || hasNone(response, OF_PREFLIGHTS))) {
      applying = true;
      decision.addTo(this);
      applying = false;
    } else {
      apply();
    }
  }

  private static boolean hasNone(HttpServletResponse response, String[] names) {
    for (String name : names) {
      if (response.containsHeader(name)) {
        return false;
      }
    }
    return true;
  }

  /** The same decision on another response of the same request. */
  GuardedResponse again(HttpServletResponse response) {
    GuardedResponse again = new GuardedResponse(request, response, decision);
    again.onErrorPage = onErrorPage;
    return again;
  }

  /** Has later dispatches of the request, for an error or after an async start, find it. */
  void remember() {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** True if a response is a guarded one, wrapped or not. */
  static boolean isIn(ServletResponse response) {
    ServletResponse each = response;
    while (each instanceof ServletResponseWrapper wrapper) {
      if (each instanceof GuardedResponse) {
        return true;
      }
      each = wrapper.getResponse();
    }
    return false;
  }

  /** An error page comes now, and none after it. */
  void beginErrorPage() {
    onErrorPage = true;
    apply();
  }

  void apply() {
    applying = true;
    decision.applyTo(this);
    applying = false;
  }

  @Override
  public void reset() {
    super.reset();
    apply();
  }

  @Override
  public void setHeader(String name, String value) {
    if (applying || !isGuarded(name)) {
      super.setHeader(name, value);
    } else if (isVary(name)) {
      super.setHeader(name, value);
      apply();
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (applying || !isGuarded(name)) {
      super.addHeader(name, value);
    } else if (isVary(name)) {
      List<String> lines = new ArrayList<>(headers(name));
      lines.remove("Origin"); // ours; it comes again unless the new line says it
      lines.add(value);
      super.setHeader(name, lines.get(0));
      lines.subList(1, lines.size()).forEach(line -> super.addHeader(name, line));
      apply();
    }
  }

  @Override
  public void setIntHeader(String name, int value) {
    setHeader(name, Integer.toString(value));
  }

  @Override
  public void addIntHeader(String name, int value) {
    addHeader(name, Integer.toString(value));
  }

  @Override
  public void setDateHeader(String name, long date) {
    if (!isGuarded(name)) {
      super.setDateHeader(name, date);
    }
  }

  @Override
  public void addDateHeader(String name, long date) {
    if (!isGuarded(name)) {
      super.addDateHeader(name, date);
    }
  }

  /** A cache or proxy may merge trailers into the headers (RFC 9110 section 6.5.1). */
  @Override
  public void setTrailerFields(Supplier<Map<String, String>> supplier) {
    super.setTrailerFields(
        () -> {
          Map<String, String> trailers = new LinkedHashMap<>(supplier.get());
          trailers.keySet().removeIf(GuardedResponse::isGuarded);
          return trailers;
        });
  }

  @Override
  public void sendError(int status) throws IOException {
    if (hasNoErrorPage(status)) {
      sendWithoutBody(status);
    } else {
      remember();
      super.sendError(status);
    }
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    if (hasNoErrorPage(status)) {
      sendWithoutBody(status);
    } else {
      remember();
      super.sendError(status, message);
    }
  }

  /** Jetty would drop headers for an error page, and then not ask for one. */
  private void sendWithoutBody(int status) throws IOException {
    resetBuffer();
    setStatus(status);
    flushBuffer();
  }

  private boolean hasNoErrorPage(int status) {
    return onErrorPage || status == SC_NOT_MODIFIED || status == SC_NO_CONTENT;
  }

  @Override
  public List<String> headers(String name) {
    return containsHeader(name) ? List.copyOf(getHeaders(name)) : List.of();
  }

  @Override
  @SuppressWarnings("NullAway") // since Servlet 6.1 null removes; before, containers ignored it
  public void removeHeader(String name) {
    if (containsHeader(name)) {
      super.setHeader(name, null);
    }
  }

  /** Most other names are told by their first character. */
  private static boolean isGuarded(String name) {
    char first = name.isEmpty() ? ' ' : name.charAt(0);
    return switch (first) {
      case 'A', 'a', 'V', 'v', 'C', 'c' -> isGuardedName(name);
      default -> (first <= ' ' || first >= 0x7f) && isGuardedName(name);
    };
  }

  /** With white space around it too, which containers let pass and clients may strip. */
  private static boolean isGuardedName(String name) {
    String stripped = name.strip();
    return stripped.equalsIgnoreCase("Vary")
        || stripped.equalsIgnoreCase("Corsac-Decision")
        || stripped.regionMatches(true, 0, "Access-Control-", 0, 15);
  }

  private static boolean isVary(String name) {
    return name.equalsIgnoreCase("Vary");
  }
}
