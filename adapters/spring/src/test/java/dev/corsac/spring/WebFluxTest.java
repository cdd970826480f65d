package dev.corsac.spring;

import dev.corsac.Cors;
import dev.corsac.contract.AdapterContract;
import dev.corsac.contract.Application;
import dev.corsac.contract.Protocol;
import dev.corsac.contract.Server;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.WebApplicationType;
import reactor.netty.http.server.HttpServer;

class WebFluxTest extends AdapterContract {

  @Override
  protected String stack() {
    return "Spring Boot "
        + SpringBootVersion.getVersion()
        + ", WebFlux on Reactor Netty "
        + HttpServer.class.getPackage().getImplementationVersion();
  }

  @Override
  protected Set<Protocol> protocols() {
    return RunningApplication.protocols();
  }

  @Override
  protected Server start(Cors cors, Application application) {
    return start(cors, application, "server.http2.enabled=true");
  }

  static Server start(Cors cors, Application application, String... properties) {
    RunningApplication running =
        RunningApplication.start(
            WebFluxApplication.class,
            WebApplicationType.REACTIVE,
            List.of(
                RunningApplication.TOMCAT, RunningApplication.JETTY, RunningApplication.SECURITY),
            Map.of("cors", cors, "application", application),
            properties);
    return new Server(running.port(), running::close);
  }
}
