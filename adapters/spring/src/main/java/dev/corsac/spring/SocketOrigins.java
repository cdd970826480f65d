package dev.corsac.spring;

import dev.corsac.Cors;
import dev.corsac.CorsRequest;
import dev.corsac.Decision;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.handler.ExceptionWebSocketHandlerDecorator;
import org.springframework.web.socket.handler.LoggingWebSocketHandlerDecorator;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.support.OriginHandshakeInterceptor;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;
import org.springframework.web.socket.sockjs.support.SockJsHttpRequestHandler;
import org.springframework.web.socket.sockjs.transport.TransportHandlingSockJsService;
import org.springframework.web.socket.sockjs.transport.handler.DefaultSockJsService;
import org.springframework.web.util.WebUtils;

/**
 * Lets the origins of the policy pass Spring's own check of WebSocket, STOMP, GraphQL and SockJS
 * endpoints, which else knows the server's own origin only.
 *
 * <p>An endpoint with a list of its own ({@code setAllowedOrigins}, {@code
 * setAllowedOriginPatterns}) keeps that list; a path without a policy keeps Spring's default; and
 * what the policy does not let pass, Spring decides.
 */
final class SocketOrigins implements InstantiationAwareBeanPostProcessor {
  private final ObjectProvider<Cors> cors;

  SocketOrigins(ObjectProvider<Cors> cors) {
    this.cors = cors;
  }

  /**
   * Before the mapping reads its map, which it does as soon as it knows the application context.
   */
  @Override
  public boolean postProcessAfterInstantiation(Object bean, String name) {
    if (bean instanceof WebSocketHandlerMapping mapping) {
      Map<TransportHandlingSockJsService, PolicySockJsService> services = new HashMap<>();
      @SuppressWarnings("unchecked") // a map of its own, of names or handlers
      Map<String, Object> handlers = (Map<String, Object>) mapping.getUrlMap();
      handlers.replaceAll((path, handler) -> following(handler, services));
    }
    return true;
  }

  private Object following(
      Object handler, Map<TransportHandlingSockJsService, PolicySockJsService> services) {
    if (handler instanceof WebSocketHttpRequestHandler handshakes) {
      handshakes.setHandshakeInterceptors(following(handshakes.getHandshakeInterceptors()));
    } else if (handler instanceof SockJsHttpRequestHandler sockJs
        && sockJs.getSockJsService() instanceof TransportHandlingSockJsService service
        && isSprings(service)
        && isEmpty(service.getAllowedOrigins())
        && isEmpty(service.getAllowedOriginPatterns())) {
      return new SockJsHttpRequestHandler(
          services.computeIfAbsent(service, original -> new PolicySockJsService(original, this)),
          undecorated(sockJs.getWebSocketHandler()));
    }
    return handler;
  }

  /** The same interceptors; of Spring's own check, one that asks the policy first. */
  List<HandshakeInterceptor> following(List<HandshakeInterceptor> interceptors) {
    List<HandshakeInterceptor> following = new ArrayList<>(interceptors);
    following.replaceAll(
        interceptor ->
            interceptor.getClass() == OriginHandshakeInterceptor.class
                    && interceptor instanceof OriginHandshakeInterceptor check
                    && isEmpty(check.getAllowedOrigins())
                    && isEmpty(check.getAllowedOriginPatterns())
                ? new PolicyCheck()
                : interceptor);
    return following;
  }

  /** A subclass may check as it likes. */
  private static boolean isSprings(TransportHandlingSockJsService service) {
    return service.getClass() == DefaultSockJsService.class
        || service.getClass() == TransportHandlingSockJsService.class;
  }

  private static boolean isEmpty(@Nullable Collection<String> list) {
    return list == null || list.isEmpty();
  }

  /** Without what {@link SockJsHttpRequestHandler} puts around each handler. */
  private static WebSocketHandler undecorated(WebSocketHandler handler) {
    WebSocketHandler inner = handler;
    while (inner instanceof WebSocketHandlerDecorator decorator
        && (inner.getClass() == ExceptionWebSocketHandlerDecorator.class
            || inner.getClass() == LoggingWebSocketHandlerDecorator.class)) {
      inner = decorator.getDelegate();
    }
    return inner;
  }

  boolean allow(ServerHttpRequest request) {
    return request instanceof ServletServerHttpRequest servlet
        && allow(servlet.getServletRequest());
  }

  /**
   * Whether the policy lets the page behind a request read and act here, as a socket lets it do
   * both: it is the server's own, or allowed, and the request carries no credentials that it may
   * not use.
   */
  boolean allow(HttpServletRequest request) {
    // The filter passes on a request of this type, unless the path has no policy.
    CorsRequest decided = WebUtils.getNativeRequest(request, CorsRequest.class);
    if (decided == null) {
      return false;
    }
    Decision decision = cors.getObject().decide(decided);
    return switch (decision.reason()) {
      case SAME_ORIGIN -> true;
      case ORIGIN_ALLOWED ->
          decision.headers().containsKey("Access-Control-Allow-Credentials")
              || !carriesCredentials(decided);
      default -> false;
    };
  }

  private static boolean carriesCredentials(CorsRequest request) {
    return request.header("Cookie") != null
        || request.header("Authorization") != null
        || request.hasClientCertificate();
  }

  /** Spring's own check, after the policy's. */
  private final class PolicyCheck extends OriginHandshakeInterceptor {
    @Override
    public boolean beforeHandshake(
        ServerHttpRequest request,
        ServerHttpResponse response,
        WebSocketHandler handler,
        Map<String, Object> attributes)
        throws Exception {
      return allow(request) || super.beforeHandshake(request, response, handler, attributes);
    }
  }
}
