package dev.corsac.spring;

import dev.corsac.Cors;
import dev.corsac.contract.Application;
import dev.corsac.contract.Server;
import dev.corsac.pages.ActingPagesContract;

class WebFluxActingPagesTest extends ActingPagesContract {
  @Override
  protected Server start(Cors cors, Application application) {
    return new WebFluxTest().start(cors, application);
  }
}
