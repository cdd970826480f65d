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
import org.jspecify.annotations.Nullable;

/**
 * A response that carries the CORS headers of a decision from the start, and lets nobody change
 * them.
 *
 * <p>A container may send the headers at any time, without telling, so they cannot be written last.
 */
final class GuardedResponse extends HttpServletResponseWrapper {
  /** Where the request keeps it, for later dispatches. */
  static final String ATTRIBUTE = "dev.corsac.servlet.response";

  private final Decision decision;

  /** Null on an error page: the request remembers the response already, and no page follows. */
  private @Nullable HttpServletRequest request;

  GuardedResponse(
      @Nullable HttpServletRequest request, HttpServletResponse response, Decision decision) {
    super(response);
    this.request = request;
    this.decision = decision;
    new Head(response).begin(decision);
  }

  /** The same decision on another response of the same request. */
  GuardedResponse again(HttpServletResponse response) {
    return new GuardedResponse(request, response, decision);
  }

  /** Has later dispatches of the request, for an error or after an async start, find it. */
  void remember() {
    if (request != null) {
      request.setAttribute(ATTRIBUTE, this);
    }
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
    request = null;
    apply();
  }

  void apply() {
    decision.applyTo(head());
  }

  private Head head() {
    return new Head((HttpServletResponse) getResponse());
  }

  @Override
  public void reset() {
    super.reset();
    apply();
  }

  @Override
  public void setHeader(String name, String value) {
    if (!isGuarded(name)) {
      super.setHeader(name, value);
    } else if (isVary(name)) {
      super.setHeader(name, value);
      apply();
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (!isGuarded(name)) {
      super.addHeader(name, value);
    } else if (isVary(name)) {
      List<String> lines = new ArrayList<>(head().headers(name));
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
    return request == null || status == SC_NOT_MODIFIED || status == SC_NO_CONTENT;
  }

  /** With white space around it too, which containers let pass and clients may strip. */
  private static boolean isGuarded(String name) {
    return CorsResponse.isWritten(name.strip());
  }

  private static boolean isVary(String name) {
    return name.equalsIgnoreCase("Vary");
  }
}
