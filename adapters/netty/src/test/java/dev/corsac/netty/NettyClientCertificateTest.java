package dev.corsac.netty;

import dev.corsac.Cors;
import dev.corsac.contract.Application;
import dev.corsac.contract.ClientCertificateContract;
import dev.corsac.contract.Server;
import dev.corsac.contract.TlsKeys;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

class NettyClientCertificateTest extends ClientCertificateContract {

  @Override
  protected Server start(Cors cors, Application application, TlsKeys keys) throws Exception {
    SSLContext tls = keys.context();
    NettyTest secured =
        new NettyTest() {
          @Override
          void addHandlers(Channel client, Cors cors, Application application) {
            SSLEngine engine = tls.createSSLEngine();
            engine.setUseClientMode(false);
            engine.setWantClientAuth(true);
            client.pipeline().addLast(new SslHandler(engine));
            super.addHandlers(client, cors, application);
          }
        };
    return secured.start(cors, application);
  }
}
