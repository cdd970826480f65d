package dev.corsac.benchmarks;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * What a careful person writes for one policy: one origin, and a wrapper so that the application
 * cannot lose {@code Vary} or add a second Access-Control header.
 */
final class HandWrittenFilter implements Filter {
  private static final String ORIGIN = "https://app0.example.com";

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest httpRequest = (HttpServletRequest) request;
    HttpServletResponse httpResponse = (HttpServletResponse) response;
    boolean allowed = ORIGIN.equals(httpRequest.getHeader("Origin"));
    boolean preflight =
        httpRequest.getMethod().equals("OPTIONS")
            && httpRequest.getHeader("Origin") != null
            && httpRequest.getHeader("Access-Control-Request-Method") != null;
    httpResponse.addHeader("Vary", "Origin");
    if (allowed) {
      httpResponse.setHeader("Access-Control-Allow-Origin", ORIGIN);
      httpResponse.setHeader("Access-Control-Allow-Credentials", "true");
    }
    if (preflight) {
      httpResponse.setStatus(allowed ? 200 : 403);
      if (allowed) {
        httpResponse.setHeader("Access-Control-Allow-Methods", "GET,POST,PUT,DELETE");
        httpResponse.setHeader(
            "Access-Control-Allow-Headers", "Content-Type,Authorization,X-Request-ID");
        httpResponse.setHeader("Access-Control-Max-Age", "600");
      }
      return;
    }
    if (allowed) {
      httpResponse.setHeader("Access-Control-Expose-Headers", "X-Total-Count");
    }
    chain.doFilter(request, new Guarded(httpResponse));
  }

  private static final class Guarded extends HttpServletResponseWrapper {
    Guarded(HttpServletResponse response) {
      super(response);
    }

    @Override
    public void setHeader(String name, String value) {
      if (name.equalsIgnoreCase("Vary")) {
        super.setHeader(name, value + ", Origin");
      } else if (!name.regionMatches(true, 0, "Access-Control-", 0, 15)) {
        super.setHeader(name, value);
      }
    }

    @Override
    public void addHeader(String name, String value) {
      if (!name.regionMatches(true, 0, "Access-Control-", 0, 15)) {
        super.addHeader(name, value);
      }
    }
  }
}
