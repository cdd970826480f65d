package dev.corsac.spring;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Filters of the highest precedence, and a WebSocket at {@code /ws}. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class MvcSettingsApplication extends ServerSettingsContract.Api {

  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  Filter answersAll() {
    return (request, response, chain) -> {
      if (request.getParameter("bean") != null) {
        ((HttpServletResponse) response).setStatus(401);
      } else {
        chain.doFilter(request, response);
      }
    };
  }

  @Bean
  FilterRegistrationBean<Filter> redirectsAll() {
    FilterRegistrationBean<Filter> first =
        new FilterRegistrationBean<>(
            (request, response, chain) -> {
              if (request.getParameter("registration") != null) {
                ((HttpServletResponse) response).sendRedirect("/elsewhere");
              } else {
                chain.doFilter(request, response);
              }
            });
    first.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return first;
  }

  /** As Spring's own {@code ServerEndpointExporter} does it. */
  @Bean
  SmartInitializingSingleton endpoint(ServletContext servletContext) {
    return () -> {
      try {
        ((ServerContainer) servletContext.getAttribute(ServerContainer.class.getName()))
            .addEndpoint(ServerEndpointConfig.Builder.create(Silent.class, "/ws").build());
      } catch (DeploymentException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  /** An endpoint that does nothing. */
  public static final class Silent extends Endpoint {
    @Override
    public void onOpen(Session session, EndpointConfig config) {}
  }
}
