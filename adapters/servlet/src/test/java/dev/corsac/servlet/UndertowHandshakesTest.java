package dev.corsac.servlet;

import dev.corsac.contract.Server;
import io.undertow.Undertow;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContainerInitializer;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

class UndertowHandshakesTest extends Handshakes {

  static Stream<Named<Start>> ways() {
    return Stream.of(
        Named.of("the filter in an initializer", () -> start(true)),
        Named.of("the filter in the deployment", () -> start(false)));
  }

  private static Server start(boolean initializer) throws Exception {
    DeploymentInfo deployment =
        new DeploymentInfo()
            .setClassLoader(UndertowHandshakesTest.class.getClassLoader())
            .setContextPath("/app")
            .setDeploymentName("app")
            .addServletContextAttribute(
                WebSocketDeploymentInfo.ATTRIBUTE_NAME,
                new WebSocketDeploymentInfo().addEndpoint(Silent.CONFIG));
    if (initializer) {
      ServletContainerInitializer add =
          (classes, servletContext) -> CorsFilter.addTo(servletContext, POLICY);
      deployment.addServletContainerInitializer(
          new ServletContainerInitializerInfo(
              add.getClass(), new ImmediateInstanceFactory<>(add), Set.of()));
    } else {
      deployment
          .addFilter(
              Servlets.filter(
                  "cors", CorsFilter.class, new ImmediateInstanceFactory<>(new CorsFilter(POLICY))))
          .addFilterUrlMapping("cors", "/*", DispatcherType.REQUEST);
    }
    DeploymentManager manager = Servlets.newContainer().addDeployment(deployment);
    manager.deploy();
    Undertow undertow =
        Undertow.builder()
            .setIoThreads(1)
            .setWorkerThreads(2)
            .addHttpListener(0, "127.0.0.1")
            .setHandler(new PathHandler().addPrefixPath("/app", manager.start()))
            .build();
    undertow.start();
    int port = ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    return new Server(port, undertow::stop);
  }
}
