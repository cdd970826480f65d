package dev.corsac.spring;

import java.util.List;
import org.springframework.boot.WebApplicationType;

class MvcTomcatSettingsTest extends ServerSettingsContract {

  @Override
  RunningApplication start() {
    return start(
        MvcSettingsApplication.class,
        WebApplicationType.SERVLET,
        List.of(RunningApplication.JETTY, RunningApplication.SECURITY));
  }
}
