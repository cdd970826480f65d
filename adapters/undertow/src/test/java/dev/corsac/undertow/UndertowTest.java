package dev.corsac.undertow;

import dev.corsac.Cors;
import dev.corsac.contract.AdapterContract;
import dev.corsac.contract.Application;
import dev.corsac.contract.Server;
import io.undertow.Undertow;
import io.undertow.Version;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.BlockingHandler;
import java.net.InetSocketAddress;
import java.util.logging.Logger;

class UndertowTest extends AdapterContract {
  /** It would show the application's exceptions, at length. */
  private static final Logger LOGGER = Logger.getLogger("io.undertow");

  @Override
  protected String stack() {
    return "Undertow " + Version.getVersionString();
  }

  @Override
  protected Server start(Cors cors, Application application) {
    LOGGER.setUseParentHandlers(false);
    HttpHandler handler = new ApplicationHandler(application);
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setIoThreads(2)
            .setHandler(new CorsHandler(new BlockingHandler(handler), cors))
            .build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return new Server(address.getPort(), server::stop);
  }
}
