package dev.corsac.servlet;

import dev.corsac.CorsResponse;
import dev.corsac.Decision;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/**
 * Where the headers of a decision go.
 *
 * @param response the container's response, or what an earlier filter made of it
 */
record Head(HttpServletResponse response) implements CorsResponse {
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
    "Access-Control-Allow-Private-Network"
  };

  /** Writes to a response that most probably has no CORS header yet. */
  void begin(Decision decision) {
    if (hasNone(OF_ALL) && (decision instanceof Decision.Proceed || hasNone(OF_PREFLIGHTS))) {
      decision.addTo(this);
    } else {
      decision.applyTo(this);
    }
  }

  private boolean hasNone(String[] names) {
    for (String name : names) {
      if (response.containsHeader(name)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public List<String> headers(String name) {
    return response.containsHeader(name) ? List.copyOf(response.getHeaders(name)) : List.of();
  }

  @Override
  public void setHeader(String name, String value) {
    response.setHeader(name, value);
  }

  @Override
  public void addHeader(String name, String value) {
    response.addHeader(name, value);
  }

  @Override
  @SuppressWarnings("NullAway") // since Servlet 6.1 null removes; before, containers ignored it
  public void removeHeader(String name) {
    if (response.containsHeader(name)) {
      response.setHeader(name, null);
    }
  }
}
