package dev.corsac.spring;

import dev.corsac.Cors;
import dev.corsac.contract.AdapterContract;
import dev.corsac.contract.Application;
import dev.corsac.contract.Server;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.util.Jetty;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.WebApplicationType;

class MvcJettyTest extends AdapterContract {

  @Override
  protected String stack() {
    return "Spring Boot " + SpringBootVersion.getVersion() + ", MVC on Jetty " + Jetty.VERSION;
  }

  @Override
  protected Server start(Cors cors, Application application) {
    RunningApplication running =
        RunningApplication.start(
            MvcApplication.class,
            WebApplicationType.SERVLET,
            List.of(RunningApplication.TOMCAT, RunningApplication.SECURITY),
            Map.of("cors", cors, "application", application));
    return new Server(running.port(), running::close);
  }
}
