package dev.corsac.spring;

import java.util.List;
import org.springframework.boot.WebApplicationType;

class MvcJettySettingsTest extends ServerSettingsContract {

  @Override
  RunningApplication start() {
    return start(
        MvcSettingsApplication.class,
        WebApplicationType.SERVLET,
        List.of(RunningApplication.TOMCAT, RunningApplication.SECURITY));
  }
}
