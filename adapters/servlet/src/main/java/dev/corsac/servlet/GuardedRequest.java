package dev.corsac.servlet;

import dev.corsac.CorsRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the engine looks at, and a request whose async response is the guarded one. */
final class GuardedRequest extends HttpServletRequestWrapper implements CorsRequest {
  /** Asked for more than once. */
  private final @Nullable String origin;

  private @Nullable HttpServletResponse response;

  GuardedRequest(HttpServletRequest request) {
    super(request);
    origin = request.getHeader("Origin");
  }

  void respondWith(HttpServletResponse guarded) {
    response = guarded;
  }

  /** The container would hand out its own response here, past every wrapper. */
  @Override
  public AsyncContext startAsync() {
    return response == null ? super.startAsync() : super.startAsync(getRequest(), response);
  }

  @Override
  public String method() {
    return getMethod();
  }

  @Override
  public String path() {
    return getRequestURI();
  }

  @Override
  public @Nullable String header(String name) {
    return name.equals("Origin") ? origin : getHeader(name);
  }

  /** Over HTTP/2 containers tell the host only in parts. */
  @Override
  public String authority() {
    String host = getHeader("Host");
    if (host != null) {
      return host;
    }
    int port = getServerPort();
    return port == (isSecure() ? 443 : 80) ? getServerName() : getServerName() + ":" + port;
  }

  /** Servlet 6 section 3.10. */
  @Override
  public boolean hasClientCertificate() {
    return getAttribute("jakarta.servlet.request.X509Certificate") != null;
  }

  @Override
  public List<String> headers(String name) {
    Enumeration<String> lines = getHeaders(name);
    if (!lines.hasMoreElements()) {
      return List.of();
    }
    String first = lines.nextElement();
    if (!lines.hasMoreElements()) {
      return List.of(first);
    }
    List<String> all = new ArrayList<>();
    all.add(first);
    lines.asIterator().forEachRemaining(all::add);
    return all;
  }
}
