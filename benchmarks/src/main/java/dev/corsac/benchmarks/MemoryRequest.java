package dev.corsac.benchmarks;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A servlet request in memory; whatever is not written here fails, so that nothing is left out. */
@SuppressWarnings("NullAway") // the container's API says no more about null than its Javadoc
final class MemoryRequest extends HttpServletRequestWrapper {
  private static final HttpServletRequest NOTHING =
      (HttpServletRequest)
          Proxy.newProxyInstance(
              MemoryRequest.class.getClassLoader(),
              new Class<?>[] {HttpServletRequest.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.toString());
              });

  private final Exchange exchange;
  private final Map<String, Object> attributes = new HashMap<>();

  MemoryRequest(Exchange exchange) {
    super(NOTHING);
    this.exchange = exchange;
  }

  void clear() {
    attributes.clear();
  }

  void receive(byte[] origin) {
    exchange.receive(origin);
  }

  @Override
  public String getMethod() {
    return exchange.method();
  }

  @Override
  public String getRequestURI() {
    return exchange.path();
  }

  @Override
  public String getServletPath() {
    return exchange.path();
  }

  @Override
  public @Nullable String getPathInfo() {
    return null;
  }

  @Override
  public String getContextPath() {
    return "";
  }

  @Override
  public @Nullable String getHeader(String name) {
    return exchange.header(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    List<String> lines = exchange.headers(name);
    return lines.isEmpty() ? Collections.emptyEnumeration() : Collections.enumeration(lines);
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return attributes.get(name);
  }

  @Override
  public void setAttribute(String name, Object value) {
    attributes.put(name, value);
  }

  @Override
  public void removeAttribute(String name) {
    attributes.remove(name);
  }

  @Override
  public DispatcherType getDispatcherType() {
    return DispatcherType.REQUEST;
  }

  @Override
  public String getScheme() {
    return "https";
  }

  @Override
  public boolean isSecure() {
    return true;
  }

  @Override
  public String getServerName() {
    return "api.example.com";
  }

  @Override
  public int getServerPort() {
    return 443;
  }

  @Override
  public @Nullable String getContentType() {
    return null;
  }

  @Override
  public String getProtocol() {
    return "HTTP/1.1";
  }

  @Override
  public String getQueryString() {
    return "";
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    return Collections.enumeration(exchange.names());
  }

  @Override
  public int getContentLength() {
    return -1;
  }

  @Override
  public @Nullable String getCharacterEncoding() {
    return null;
  }
}
