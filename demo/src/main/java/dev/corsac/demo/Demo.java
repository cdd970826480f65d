package dev.corsac.demo;

import dev.corsac.config.ConfigLoader;
import dev.corsac.config.ConfigResult;
import dev.corsac.config.ConfigWatcher;
import dev.corsac.config.CorsacConfig;
import dev.corsac.config.HostPort;
import dev.corsac.gateway.Gateway;
import dev.corsac.gateway.PortTakenException;
import dev.corsac.lab.Lab;
import dev.corsac.lab.LabOrigins;
import dev.corsac.lab.LoopbackNames;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The guide's API behind the gateway, and the lab: one page on two origins, one that the policy
 * lists and one that it does not. All of it listens on the loopback address only.
 *
 * <p>The policy is a {@code corsac.yaml} in a folder of its own, which {@link #close} removes; who
 * edits it meanwhile sees the gateway reload it. Thread-safe.
 */
public final class Demo implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private static final Duration IDLE = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private final Duration idle;
  private final Path folder;
  private Ports ports = Ports.USUAL;
  private @Nullable Gateway gateway;
  private @Nullable ConfigWatcher watcher;

  private Demo(Duration idle) throws IOException {
    this.idle = idle;
    this.folder = Files.createTempDirectory("corsac-demo");
  }

  /**
   * Starts all parts.
   *
   * @param asked where; port 0 stands for any free one
   * @throws PortTakenException if another program has one of the ports
   */
  public static Demo start(Ports asked) throws IOException {
    return start(asked, IDLE);
  }

  /**
   * Starts all parts.
   *
   * @param idle after how long the lab closes a connection on which nothing moves
   */
  static Demo start(Ports asked, Duration idle) throws IOException {
    Demo demo = new Demo(idle);
    try {
      demo.listen(asked);
      return demo;
    } catch (IOException | RuntimeException e) {
      demo.close();
      throw e;
    }
  }

  private void listen(Ports asked) throws IOException {
    // The gateway keeps connections to the API for as long as it wants.
    int api = serve(0, new LoopbackNames(new DemoApi()), new HttpServerOptions());
    // The lab names all ports and the policy names the pages', so all are bound first.
    LaterHandler pages = new LaterHandler();
    LaterHandler sandbox = new LaterHandler();
    HttpServerOptions closing =
        new HttpServerOptions()
            .setIdleTimeout((int) idle.toMillis())
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    int allowed = serve(asked.allowed(), pages, closing);
    int unlisted = serve(asked.unlisted(), pages, closing);
    int sandboxed = serve(asked.sandbox(), sandbox, closing);

    Ports bound = new Ports(asked.gateway(), allowed, unlisted, sandboxed);
    Files.writeString(policy(), bound.in(resource("corsac.yaml")).replace(":9000", ":" + api));
    Gateway started = Gateway.start(config());
    gateway = started;
    ports = new Ports(started.port(), allowed, unlisted, sandboxed);
    Lab lab = new Lab(new LabOrigins(allowedPage(), unlistedPage(), sandbox(), api()));
    pages.become(lab.pages());
    sandbox.become(lab.sandbox());
    watcher = started.follow(policy(), Map.of());
  }

  private CorsacConfig config() throws IOException {
    ConfigResult result = ConfigLoader.load(policy(), Map.of());
    return result
        .config()
        .orElseThrow(() -> new IllegalStateException("the demo's policy: " + result.findings()));
  }

  /** Where the API is, through the gateway. */
  public String api() {
    return "http://localhost:" + ports.gateway();
  }

  /** The page on the origin that the policy lists. */
  public String allowedPage() {
    return "http://localhost:" + ports.allowed();
  }

  /** The page on the origin that the policy does not list. */
  public String unlistedPage() {
    return "http://localhost:" + ports.unlisted();
  }

  /** Where the lab's experiments are made, each with a policy of its own. */
  public String sandbox() {
    return "http://localhost:" + ports.sandbox();
  }

  /** The policy's file: edit it, and the next request sees it. */
  public Path policy() {
    return folder.resolve("corsac.yaml");
  }

  /** What there is to see, for the terminal. */
  public String welcome() {
    return """
        The CORS lab: see how CORS works, in your own browser.

          open this           %2$s
          its other origin    %3$s

        The guide's API, behind the gateway:

          the API             %1$s/api/data
          its policy          %4$s
                              edit it and save: the next request sees it

          curl -X OPTIONS %1$s/api/data -H "Origin: https://example.com" -H "Access-Control-Request-Method: POST" -v
          curl -X GET %1$s/api/data -H "Origin: https://example.com" -v

        Ctrl-C ends it.
        """
        .formatted(api(), allowedPage(), unlistedPage(), policy());
  }

  @Override
  public void close() {
    if (watcher != null) {
      watcher.close();
    }
    if (gateway != null) {
      gateway.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    try {
      Files.deleteIfExists(policy());
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // An editor left a file beside it: then the folder stays, which harms nobody.
      folder.toFile().deleteOnExit();
    }
  }

  static String resource(String name) throws IOException {
    try (InputStream in = Demo.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("missing resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private int serve(int port, Handler<HttpServerRequest> handler, HttpServerOptions options)
      throws IOException {
    try {
      HttpServer server =
          vertx
              .createHttpServer(options)
              .requestHandler(handler)
              .listen(port, LOOPBACK)
              .toCompletionStage()
              .toCompletableFuture()
              .orTimeout(10, TimeUnit.SECONDS)
              .join();
      return server.actualPort();
    } catch (CompletionException e) {
      HostPort address = new HostPort(LOOPBACK, port);
      throw PortTakenException.of(address, e.getCause() == null ? e : e.getCause());
    }
  }

  /** A handler that is known only once its server listens. */
  private static final class LaterHandler implements Handler<HttpServerRequest> {
    private volatile @Nullable Handler<HttpServerRequest> handler;

    void become(Handler<HttpServerRequest> known) {
      handler = known;
    }

    @Override
    public void handle(HttpServerRequest request) {
      Handler<HttpServerRequest> known = handler;
      if (known == null) {
        request.response().setStatusCode(503).end("The demo is starting.\n");
      } else {
        known.handle(request);
      }
    }
  }
}
