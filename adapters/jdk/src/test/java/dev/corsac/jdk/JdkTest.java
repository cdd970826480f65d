package dev.corsac.jdk;

import com.sun.net.httpserver.HttpServer;
import dev.corsac.Cors;
import dev.corsac.contract.AdapterContract;
import dev.corsac.contract.Application;
import dev.corsac.contract.JdkApplication;
import dev.corsac.contract.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

class JdkTest extends AdapterContract {

  @Override
  protected String stack() {
    return "JDK HttpServer";
  }

  @Override
  protected Server start(Cors cors, Application application) throws IOException {
    return start(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0),
        cors,
        application);
  }

  static Server start(HttpServer server, Cors cors, Application application) {
    ExecutorService threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server
        .createContext("/", new JdkApplication(application))
        .getFilters()
        .add(new CorsFilter(cors));
    server.start();
    return new Server(
        server.getAddress().getPort(),
        () -> {
          server.stop(0);
          threads.shutdown();
        });
  }
}
