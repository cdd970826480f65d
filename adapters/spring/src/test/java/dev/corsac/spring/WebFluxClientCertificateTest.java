package dev.corsac.spring;

import dev.corsac.Cors;
import dev.corsac.contract.Application;
import dev.corsac.contract.ClientCertificateContract;
import dev.corsac.contract.Server;
import dev.corsac.contract.TlsKeys;

class WebFluxClientCertificateTest extends ClientCertificateContract {

  @Override
  protected Server start(Cors cors, Application application, TlsKeys keys) {
    return WebFluxTest.start(cors, application, RunningApplication.asksForCertificate(keys));
  }
}
