package dev.corsac.jdk;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpPrincipal;
import com.sun.net.httpserver.HttpsExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import javax.net.ssl.SSLSession;

/** A {@link LateExchange} for handlers that look for the TLS session. */
final class LateHttpsExchange extends HttpsExchange {
  private final LateExchange late;
  private final HttpsExchange exchange;

  LateHttpsExchange(LateExchange late, HttpsExchange exchange) {
    this.late = late;
    this.exchange = exchange;
  }

  @Override
  public SSLSession getSSLSession() {
    return exchange.getSSLSession();
  }

  @Override
  public void sendResponseHeaders(int status, long length) throws IOException {
    late.sendResponseHeaders(status, length);
  }

  @Override
  public Headers getRequestHeaders() {
    return late.getRequestHeaders();
  }

  @Override
  public Headers getResponseHeaders() {
    return late.getResponseHeaders();
  }

  @Override
  public URI getRequestURI() {
    return late.getRequestURI();
  }

  @Override
  public String getRequestMethod() {
    return late.getRequestMethod();
  }

  @Override
  public HttpContext getHttpContext() {
    return late.getHttpContext();
  }

  @Override
  public void close() {
    late.close();
  }

  @Override
  public InputStream getRequestBody() {
    return late.getRequestBody();
  }

  @Override
  public OutputStream getResponseBody() {
    return late.getResponseBody();
  }

  @Override
  public InetSocketAddress getRemoteAddress() {
    return late.getRemoteAddress();
  }

  @Override
  public int getResponseCode() {
    return late.getResponseCode();
  }

  @Override
  public InetSocketAddress getLocalAddress() {
    return late.getLocalAddress();
  }

  @Override
  public String getProtocol() {
    return late.getProtocol();
  }

  @Override
  public Object getAttribute(String name) {
    return late.getAttribute(name);
  }

  @Override
  public void setAttribute(String name, Object value) {
    late.setAttribute(name, value);
  }

  @Override
  public void setStreams(InputStream in, OutputStream out) {
    late.setStreams(in, out);
  }

  @Override
  public HttpPrincipal getPrincipal() {
    return late.getPrincipal();
  }
}
