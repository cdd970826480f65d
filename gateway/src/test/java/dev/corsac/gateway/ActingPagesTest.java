package dev.corsac.gateway;

import dev.corsac.Cors;
import dev.corsac.contract.Application;
import dev.corsac.contract.Server;
import dev.corsac.pages.ActingPagesContract;
import java.io.IOException;

class ActingPagesTest extends ActingPagesContract {
  @Override
  protected Server start(Cors cors, Application application) throws IOException {
    return new GatewayContractTest().start(cors, application);
  }
}
