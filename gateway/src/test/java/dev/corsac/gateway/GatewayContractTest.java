package dev.corsac.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.corsac.Cors;
import dev.corsac.config.CorsacConfig;
import dev.corsac.contract.AdapterContract;
import dev.corsac.contract.Application;
import dev.corsac.contract.JdkApplication;
import dev.corsac.contract.Protocol;
import dev.corsac.contract.Server;
import dev.corsac.gateway.route.ServingConfig;
import dev.corsac.gateway.route.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

class GatewayContractTest extends AdapterContract {

  @Override
  protected String stack() {
    return "Corsac gateway";
  }

  @Override
  protected String refusal() {
    return "Corsac gateway: this origin is not allowed (allow_origins).\n";
  }

  @Override
  protected Set<Protocol> protocols() {
    return EnumSet.allOf(Protocol.class);
  }

  @Override
  protected Server start(Cors cors, Application application) throws IOException {
    HttpServer upstream =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService threads = Executors.newCachedThreadPool();
    upstream.setExecutor(threads);
    upstream.createContext("/", answering500(new JdkApplication(application)));
    upstream.start();
    URI uri = URI.create("http://127.0.0.1:" + upstream.getAddress().getPort());
    CorsacConfig config =
        Rig.config(uri, Rig.policy().build(), Long.MAX_VALUE, Duration.ofSeconds(20));
    Gateway gateway = Gateway.start(config, ServingConfig.of(config, Upstream.of(uri), cors));
    return new Server(
        gateway.port(),
        () -> {
          gateway.close();
          upstream.stop(0);
          threads.shutdown();
        });
  }

  /** An upstream that answers when its application throws, as nearly all do. */
  private static HttpHandler answering500(HttpHandler application) {
    return exchange -> {
      try {
        application.handle(exchange);
      } catch (RuntimeException e) {
        exchange.getResponseHeaders().clear();
        fail(exchange);
      }
    };
  }

  private static void fail(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(500, -1);
    }
  }
}
