package dev.corsac.spring;

import dev.corsac.Cors;
import dev.corsac.contract.Application;
import dev.corsac.contract.Server;
import dev.corsac.pages.ActingPagesContract;

class MvcActingPagesTest extends ActingPagesContract {
  @Override
  protected Server start(Cors cors, Application application) {
    return new MvcTomcatTest().start(cors, application);
  }
}
