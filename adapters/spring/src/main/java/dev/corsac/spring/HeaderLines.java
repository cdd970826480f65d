package dev.corsac.spring;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The lines of a header field. Spring 6 looks them up by {@code get(Object)}, Spring 7 by {@code
 * get(String)}; what both have goes through all fields.
 */
final class HeaderLines {
  private static final MethodHandle GET = get();

  private HeaderLines() {}

  static List<String> of(HttpHeaders headers, String name) {
    List<String> lines;
    try {
      lines = (@Nullable List<String>) GET.invokeExact(headers, name);
    } catch (Throwable e) {
      throw new IllegalStateException("HttpHeaders.get fails for " + name, e);
    }
    return lines == null ? List.of() : lines;
  }

  private static MethodHandle get() {
    for (Class<?> name : List.of(String.class, Object.class)) {
      try {
        return MethodHandles.publicLookup()
            .findVirtual(HttpHeaders.class, "get", MethodType.methodType(List.class, name))
            .asType(MethodType.methodType(List.class, HttpHeaders.class, String.class));
      } catch (NoSuchMethodException | IllegalAccessException e) {
        // The other version of Spring has the other.
      }
    }
    throw new IllegalStateException("HttpHeaders of Spring 6 or Spring 7 is not there");
  }
}
