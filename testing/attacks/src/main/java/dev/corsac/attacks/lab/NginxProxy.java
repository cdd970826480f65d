package dev.corsac.attacks.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** nginx where the gateway would be: shows whether the oracle, too, is right. */
final class NginxProxy implements Proxy {
  private final Program program;
  private final int port = Program.freePort();

  NginxProxy(int upstreamPort) {
    String nginx = Program.find("nginx");
    Path folder = Program.newFolder();
    Program.writeResource(
        "nginx-proxy.conf",
        folder.resolve("nginx.conf"),
        Map.of("port", Integer.toString(port), "upstream", Integer.toString(upstreamPort)));
    program =
        new Program(
            folder,
            Map.of(),
            List.of(nginx, "-p", folder.toString(), "-c", "nginx.conf", "-e", "error.log"));
    program.awaitPort(port);
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public boolean http2() {
    return false;
  }

  @Override
  public void close() {
    program.close();
  }
}
