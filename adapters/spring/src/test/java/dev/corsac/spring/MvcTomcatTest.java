package dev.corsac.spring;

import dev.corsac.Cors;
import dev.corsac.contract.AdapterContract;
import dev.corsac.contract.Application;
import dev.corsac.contract.Protocol;
import dev.corsac.contract.Server;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.util.ServerInfo;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.WebApplicationType;

class MvcTomcatTest extends AdapterContract {

  @Override
  protected String stack() {
    return "Spring Boot "
        + SpringBootVersion.getVersion()
        + ", MVC on Tomcat "
        + ServerInfo.getServerNumber().replaceAll("\\.0$", "");
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
            MvcApplication.class,
            WebApplicationType.SERVLET,
            List.of(RunningApplication.JETTY, RunningApplication.SECURITY),
            Map.of("cors", cors, "application", application),
            properties);
    return new Server(running.port(), running::close);
  }
}
