package dev.corsac.benchmarks;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A servlet response in memory; whatever is not written here fails. */
final class MemoryResponse extends HttpServletResponseWrapper {
  private static final HttpServletResponse NOTHING =
      (HttpServletResponse)
          Proxy.newProxyInstance(
              MemoryResponse.class.getClassLoader(),
              new Class<?>[] {HttpServletResponse.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.toString());
              });

  private final List<String> names = new ArrayList<>();
  private final List<String> values = new ArrayList<>();
  private int status = 200;

  MemoryResponse() {
    super(NOTHING);
  }

  void clear() {
    names.clear();
    values.clear();
    status = 200;
  }

  @Override
  public void reset() {
    clear();
  }

  /** What would be sent. */
  String head() {
    StringBuilder head = new StringBuilder().append(status);
    for (int i = 0; i < names.size(); i++) {
      head.append(" | ").append(names.get(i)).append(": ").append(values.get(i));
    }
    return head.toString();
  }

  @Override
  public void addHeader(String name, String value) {
    names.add(name);
    values.add(value);
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    for (int i = names.size() - 1; i >= 0; i--) {
      if (names.get(i).equalsIgnoreCase(name)) {
        names.remove(i);
        values.remove(i);
      }
    }
    if (value != null) {
      addHeader(name, value);
    }
  }

  @Override
  @SuppressWarnings("NullAway") // null is what the container's API says
  public @Nullable String getHeader(String name) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        return values.get(i);
      }
    }
    return null;
  }

  @Override
  public Collection<String> getHeaders(String name) {
    List<String> lines = List.of();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        lines = lines.isEmpty() ? new ArrayList<>(2) : lines;
        lines.add(values.get(i));
      }
    }
    return lines;
  }

  @Override
  public Collection<String> getHeaderNames() {
    return new LinkedHashSet<>(names);
  }

  @Override
  public boolean containsHeader(String name) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void setContentType(String type) {
    setHeader("Content-Type", type);
  }

  @Override
  public void setStatus(int newStatus) {
    status = newStatus;
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public void sendError(int newStatus, String message) {
    status = newStatus;
  }

  @Override
  public void sendError(int newStatus) {
    status = newStatus;
  }

  @Override
  @SuppressWarnings("NullAway") // null is what the container's API says
  public @Nullable String getContentType() {
    return getHeader("Content-Type");
  }

  @Override
  public String getCharacterEncoding() {
    return "UTF-8";
  }

  @Override
  public void resetBuffer() {}

  @Override
  public void flushBuffer() {}

  @Override
  public boolean isCommitted() {
    return false;
  }

  @Override
  public PrintWriter getWriter() {
    return new PrintWriter(Writer.nullWriter());
  }

  @Override
  public ServletOutputStream getOutputStream() {
    return new ServletOutputStream() {
      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setWriteListener(WriteListener listener) {}

      @Override
      public void write(int b) {}
    };
  }
}
