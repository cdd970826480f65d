package dev.corsac.spring;

import dev.corsac.CorsRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.ClassUtils;
import reactor.netty.http.server.HttpServerRequest;

/**
 * The path of a request as it was received, which Spring's {@code ForwardedHeaderTransformer} has
 * replaced by the time a filter runs: a client must not choose its policy by {@code
 * X-Forwarded-Prefix}.
 */
final class WirePath {
  private static final boolean REACTOR = isPresent("reactor.netty.http.server.HttpServerRequest");
  private static final boolean SERVLET = isPresent("jakarta.servlet.http.HttpServletRequest");

  private WirePath() {}

  static String of(ServerHttpRequest request) {
    String path = request.getURI().getRawPath();
    if (request.getPath().contextPath().value().isEmpty()) {
      return path; // a prefix would be the context path
    }
    Object received = ServerHttpRequestDecorator.getNativeRequest(request);
    String target = REACTOR ? ReactorNetty.target(received) : null;
    if (target == null && SERVLET) {
      target = Servlet.target(received);
    }
    return target == null ? path : CorsRequest.pathOf(target);
  }

  private static boolean isPresent(String type) {
    return ClassUtils.isPresent(type, WirePath.class.getClassLoader());
  }

  /** Apart, since its server may not be there. */
  private static final class ReactorNetty {
    static @Nullable String target(Object received) {
      return received instanceof HttpServerRequest request ? request.uri() : null;
    }
  }

  /** Apart, since its server may not be there. */
  private static final class Servlet {
    static @Nullable String target(Object received) {
      return received instanceof HttpServletRequest request ? request.getRequestURI() : null;
    }
  }
}
