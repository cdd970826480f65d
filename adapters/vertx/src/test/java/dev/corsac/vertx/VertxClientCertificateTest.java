package dev.corsac.vertx;

import dev.corsac.Cors;
import dev.corsac.contract.Application;
import dev.corsac.contract.ClientCertificateContract;
import dev.corsac.contract.Protocol;
import dev.corsac.contract.Server;
import dev.corsac.contract.TlsKeys;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.util.EnumSet;
import java.util.Set;

class VertxClientCertificateTest extends ClientCertificateContract {

  @Override
  protected Set<Protocol> protocols() {
    return EnumSet.allOf(Protocol.class);
  }

  @Override
  protected Server start(Cors cors, Application application, TlsKeys keys) throws Exception {
    PfxOptions store =
        new PfxOptions().setPath(keys.file().toString()).setPassword(keys.password());
    return VertxTest.start(
        cors,
        application,
        new HttpServerOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setClientAuth(ClientAuth.REQUEST)
            .setKeyCertOptions(store)
            .setTrustOptions(store));
  }
}
