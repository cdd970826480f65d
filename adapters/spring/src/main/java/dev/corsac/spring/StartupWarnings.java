package dev.corsac.spring;

import dev.corsac.Cors;
import dev.corsac.finding.Finding;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;

/** Logs once, when the application has started, what is unwise about its policy. */
final class StartupWarnings implements SmartInitializingSingleton {
  private static final Log log = LogFactory.getLog(CorsacAutoConfiguration.class);

  private final Cors cors;
  private final Environment environment;

  StartupWarnings(Cors cors, Environment environment) {
    this.cors = cors;
    this.environment = environment;
  }

  @Override
  public void afterSingletonsInstantiated() {
    CorsProperties properties = new CorsProperties(environment);
    if (cors instanceof ReloadableCors && !properties.decide()) {
      log.warn(
          "There is no CORS policy, so Corsac leaves every response as it is. "
              + "Set corsac.cors.allow-origins, or define a bean of type dev.corsac.Cors.");
    } else if (!(cors instanceof ReloadableCors) && properties.exist()) {
      log.warn(
          "The properties under corsac are not used, since a bean of type dev.corsac.Cors decides. "
              + "Remove the properties or the bean.");
    }
    PropertyLocations origins = new PropertyLocations(environment);
    for (Finding finding : ReloadableCors.findings(cors)) {
      log.warn(
          origins.where(finding)
              + ": "
              + finding.message()
              + " Fix: "
              + finding.fix()
              + " ["
              + finding.rule().id()
              + "]");
    }
  }
}
