package dev.corsac.servlet;

import dev.corsac.CorsRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the engine looks at, and a request whose async response is the guarded one. */
final class GuardedRequest extends HttpServletRequestWrapper implements CorsRequest {
  private static final String ORIGIN = "Origin";

  /** Looked up once, as it costs more than all that is done with it. */
  private final @Nullable String origin;

  private final boolean originRepeated;
  private @Nullable GuardedResponse response;

  GuardedRequest(HttpServletRequest request) {
    super(request);
    Enumeration<String> lines = request.getHeaders(ORIGIN);
    boolean found = lines != null && lines.hasMoreElements();
    origin = found ? lines.nextElement() : null;
    originRepeated = found && lines.hasMoreElements();
  }

  void respondWith(GuardedResponse guarded) {
    response = guarded;
  }

  /** The container would hand out its own response here, past every wrapper. */
  @Override
  public AsyncContext startAsync() {
    if (response == null) {
      return super.startAsync();
    }
    response.remember();
    return super.startAsync(getRequest(), response);
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse given) {
    if (response != null) {
      response.remember();
    }
    return super.startAsync(request, given);
  }

  @Override
  public String method() {
    return getMethod();
  }

  /** On an error page too what was asked for, not the page. */
  @Override
  public String path() {
    Object failed =
        getDispatcherType() == DispatcherType.ERROR
            ? getAttribute(RequestDispatcher.ERROR_REQUEST_URI)
            : null;
    return failed instanceof String path ? path : getRequestURI();
  }

  @Override
  public @Nullable String header(String name) {
    return name.equals(ORIGIN) ? origin : getHeader(name);
  }

  @Override
  public boolean isRepeated(String name) {
    if (name.equals(ORIGIN)) {
      return originRepeated;
    }
    Enumeration<String> lines = getHeaders(name);
    if (!lines.hasMoreElements()) {
      return false;
    }
    lines.nextElement();
    return lines.hasMoreElements();
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
