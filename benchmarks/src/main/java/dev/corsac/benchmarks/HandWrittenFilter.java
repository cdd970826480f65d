package dev.corsac.benchmarks;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Collection;
import java.util.Enumeration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a careful person writes for one policy, which guards what Corsac's filter guards: a repeated
 * {@code Origin}, {@code Vary} and the CORS headers against whatever the application sets or resets
 * and against what a component ahead of it has set, error pages and async responses.
 */
final class HandWrittenFilter implements Filter {
  private final Set<String> origins;

  HandWrittenFilter(Collection<String> origins) {
    this.origins = Set.copyOf(origins);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest httpRequest = (HttpServletRequest) request;
    HttpServletResponse httpResponse = (HttpServletResponse) response;
    if (isGuarded(response)) {
      chain.doFilter(request, response);
      return;
    }
    Enumeration<String> lines = httpRequest.getHeaders("Origin");
    String origin = lines.hasMoreElements() ? lines.nextElement() : null;
    boolean allowed = origin != null && !lines.hasMoreElements() && origins.contains(origin);
    boolean preflight =
        origin != null
            && httpRequest.getMethod().equals("OPTIONS")
            && httpRequest.getDispatcherType() == DispatcherType.REQUEST
            && httpRequest.getHeader("Access-Control-Request-Method") != null;
    if (preflight) {
      httpResponse.setStatus(allowed ? 200 : 403);
      setHeaders(httpResponse, allowed ? origin : null);
      setHeader(
          httpResponse, "Access-Control-Allow-Methods", allowed ? "GET,POST,PUT,DELETE" : null);
      setHeader(
          httpResponse,
          "Access-Control-Allow-Headers",
          allowed ? "Content-Type,Authorization,X-Request-ID" : null);
      setHeader(httpResponse, "Access-Control-Max-Age", allowed ? "600" : null);
      return;
    }
    GuardedResponse guarded = new GuardedResponse(httpResponse, allowed ? origin : null);
    guarded.set();
    chain.doFilter(new GuardedRequest(httpRequest, guarded), guarded);
  }

  private static boolean isGuarded(ServletResponse response) {
    ServletResponse each = response;
    while (each instanceof ServletResponseWrapper wrapper) {
      if (each instanceof GuardedResponse) {
        return true;
      }
      each = wrapper.getResponse();
    }
    return false;
  }

  private static void setHeaders(HttpServletResponse response, @Nullable String allowed) {
    response.addHeader("Vary", "Origin");
    setHeader(response, "Access-Control-Allow-Origin", allowed);
    setHeader(response, "Access-Control-Allow-Credentials", allowed == null ? null : "true");
  }

  /** Takes a header away that a component ahead of the filter has set, if the value is null. */
  @SuppressWarnings("NullAway") // since Servlet 6.1 null removes
  private static void setHeader(HttpServletResponse response, String name, @Nullable String value) {
    if (value != null || response.containsHeader(name)) {
      response.setHeader(name, value);
    }
  }

  /** An async response is guarded too. */
  private static final class GuardedRequest extends HttpServletRequestWrapper {
    private final HttpServletResponse response;

    GuardedRequest(HttpServletRequest request, HttpServletResponse response) {
      super(request);
      this.response = response;
    }

    @Override
    public AsyncContext startAsync() {
      return super.startAsync(getRequest(), response);
    }
  }

  private static final class GuardedResponse extends HttpServletResponseWrapper {
    private final HttpServletResponse response;
    private final @Nullable String allowed;

    GuardedResponse(HttpServletResponse response, @Nullable String allowed) {
      super(response);
      this.response = response;
      this.allowed = allowed;
    }

    void set() {
      setHeaders(response, allowed);
      HandWrittenFilter.setHeader(
          response, "Access-Control-Expose-Headers", allowed == null ? null : "X-Total-Count");
    }

    @Override
    public void reset() {
      response.reset();
      set();
    }

    @Override
    public void setHeader(String name, String value) {
      if (name.equalsIgnoreCase("Vary")) {
        response.setHeader(name, value);
        response.addHeader(name, "Origin");
      } else if (!isCors(name)) {
        response.setHeader(name, value);
      }
    }

    @Override
    public void addHeader(String name, String value) {
      if (!isCors(name)) {
        response.addHeader(name, value);
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
      if (!isCors(name)) {
        response.setDateHeader(name, date);
      }
    }

    @Override
    public void addDateHeader(String name, long date) {
      if (!isCors(name)) {
        response.addDateHeader(name, date);
      }
    }

    private static boolean isCors(String name) {
      return name.regionMatches(true, 0, "Access-Control-", 0, 15);
    }
  }
}
