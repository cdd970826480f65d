package dev.corsac.spring;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.context.ServletContextAware;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.socket.sockjs.transport.TransportHandlingSockJsService;

/** A SockJS service as another one is set, whose check of origins asks the policy first. */
final class PolicySockJsService extends TransportHandlingSockJsService
    implements ServletContextAware {
  private final SocketOrigins origins;

  PolicySockJsService(TransportHandlingSockJsService original, SocketOrigins origins) {
    super(original.getTaskScheduler(), original.getTransportHandlers().values());
    this.origins = origins;
    setName(original.getName());
    setSockJsClientLibraryUrl(original.getSockJsClientLibraryUrl());
    setStreamBytesLimit(original.getStreamBytesLimit());
    setSessionCookieNeeded(original.isSessionCookieNeeded());
    setHeartbeatTime(original.getHeartbeatTime());
    setDisconnectDelay(original.getDisconnectDelay());
    setHttpMessageCacheSize(original.getHttpMessageCacheSize());
    setWebSocketEnabled(original.isWebSocketEnabled());
    setSuppressCors(original.shouldSuppressCors());
    setHandshakeInterceptors(origins.following(original.getHandshakeInterceptors()));
    try {
      setMessageCodec(original.getMessageCodec());
    } catch (IllegalStateException withoutJackson) {
      // None was set, and this one has none either: only raw WebSockets work.
    }
  }

  @Override
  public void setServletContext(ServletContext context) {
    getTransportHandlers()
        .values()
        .forEach(
            handler -> {
              if (handler instanceof ServletContextAware aware) {
                aware.setServletContext(context);
              }
            });
  }

  @Override
  protected boolean checkOrigin(
      ServerHttpRequest request, ServerHttpResponse response, HttpMethod... methods)
      throws IOException {
    return origins.allow(request) || super.checkOrigin(request, response, methods);
  }

  /** None where the policy lets pass, as Spring's would refuse. */
  @Override
  public @Nullable CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
    return origins.allow(request) ? null : super.getCorsConfiguration(request);
  }
}
