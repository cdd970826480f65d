package dev.corsac.spring;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/** Each kind of socket that Spring has, with Spring's default and with a list of its own. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableWebSocket
@EnableWebSocketMessageBroker
class SocketApplication implements WebSocketConfigurer, WebSocketMessageBrokerConfigurer {
  /** Of itself Spring takes Jetty's on Tomcat too, where the class path has both servers. */
  private static final HandshakeHandler ANY_SERVER =
      new DefaultHandshakeHandler(new StandardWebSocketUpgradeStrategy());

  static final String PARTNER = "https://partner.example.com";

  @Override
  public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
    registry
        .addHandler(new TextWebSocketHandler(), "/ws", "/off/ws")
        .setHandshakeHandler(ANY_SERVER);
    registry
        .addHandler(new TextWebSocketHandler(), "/listed/ws")
        .setHandshakeHandler(ANY_SERVER)
        .setAllowedOrigins(PARTNER);
    registry
        .addHandler(new TextWebSocketHandler(), "/patterns/ws")
        .setHandshakeHandler(ANY_SERVER)
        .setAllowedOriginPatterns("https://partner.*.com");
    registry
        .addHandler(new TextWebSocketHandler(), "/sockjs", "/off/sockjs")
        .setHandshakeHandler(ANY_SERVER)
        .withSockJS()
        .setHeartbeatTime(1234);
    registry
        .addHandler(new TextWebSocketHandler(), "/listed/sockjs")
        .setHandshakeHandler(ANY_SERVER)
        .setAllowedOrigins(PARTNER)
        .withSockJS();
  }

  @Override
  public void registerStompEndpoints(StompEndpointRegistry registry) {
    registry.addEndpoint("/stomp", "/off/stomp").setHandshakeHandler(ANY_SERVER);
    registry
        .addEndpoint("/listed/stomp")
        .setHandshakeHandler(ANY_SERVER)
        .setAllowedOrigins(PARTNER);
    registry.addEndpoint("/stomp-sockjs").setHandshakeHandler(ANY_SERVER).withSockJS();
  }

  @Override
  public void configureMessageBroker(MessageBrokerRegistry registry) {
    registry.enableSimpleBroker("/topic");
  }
}
