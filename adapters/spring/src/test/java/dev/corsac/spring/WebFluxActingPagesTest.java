package dev.corsac.spring;

import dev.corsac.Cors;
import dev.corsac.contract.Application;
import dev.corsac.contract.Server;
import dev.corsac.pages.ActingPagesContract;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(RunningApplication.REACTOR)
class WebFluxActingPagesTest extends ActingPagesContract {
  @Override
  protected Server start(Cors cors, Application application) {
    return new WebFluxTest().start(cors, application);
  }
}
