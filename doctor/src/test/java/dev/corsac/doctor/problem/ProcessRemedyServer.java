package dev.corsac.doctor.problem;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The stacks that are not Java, as processes of programs that have to be there: see {@code
 * CONTRIBUTING.md}.
 */
final class ProcessRemedyServer implements RemedyServer {
  private static final String EXPRESS =
      """
      const express = require('express');
      %s
      const app = express();
      %s
      app.use((req, res, next) => {
        if ('%4$s' === 'LOGIN' && !req.get('Authorization')) return res.sendStatus(401);
        if ('%4$s' === 'REDIRECT' && req.path === '/data') return res.redirect(308, '/data/');
        next();
      });
      app.all('/data', (req, res) => res.set('X-Total-Count', '100').set('X-Trace-Id', '7').send('data'));
      app.all('/broken', () => { throw new Error('thrown on purpose'); });
      app.all('/login', (req, res) => {
        const id = '1';
        %3$s
        res.end();
      });
      app.listen(%5$d, '127.0.0.1');
      """;
  private static final String FASTAPI =
      """
      from fastapi import FastAPI, Response
      from fastapi.middleware.cors import CORSMiddleware
      from fastapi.responses import RedirectResponse
      import uvicorn

      app = FastAPI()
      current_user = lambda request: None
      METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

      @app.middleware("http")
      async def guard(request, call_next):
          if "%3$s" == "LOGIN" and "authorization" not in request.headers:
              return Response(status_code=401)
          if "%3$s" == "REDIRECT" and request.url.path == "/data":
              return RedirectResponse("/data/", 308)
          return await call_next(request)

      %1$s

      @app.api_route("/data", methods=METHODS)
      @app.api_route("/data/", methods=METHODS)
      def data_of_the_test(response: Response):
          response.headers["X-Total-Count"] = "100"
          response.headers["X-Trace-Id"] = "7"
          return "data"

      @app.api_route("/broken", methods=METHODS)
      def broken():
          raise RuntimeError("thrown on purpose")

      @app.api_route("/login", methods=METHODS)
      def login(response: Response):
          session_id = "1"
          %2$s
          return "in"

      uvicorn.run(globals().get("asgi", app), host="127.0.0.1", port=%4$d, log_level="critical")
      """;
  private static final String NGINX =
      """
      daemon off;
      pid nginx.pid;
      error_log error.log;
      events {}
      http {
          access_log off;
          absolute_redirect off;
          client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi; scgi_temp_path scgi;
          %s
          server {
              listen 127.0.0.1:%d;
              %s
          }
      }
      """;

  private static final String APACHE =
      """
      ServerRoot "%1$s"
      PidFile pid
      ErrorLog error.log
      ServerName localhost
      User nobody
      Group nogroup
      Listen 127.0.0.1:%2$d
      LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
      LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
      LoadModule headers_module /usr/lib/apache2/modules/mod_headers.so
      LoadModule rewrite_module /usr/lib/apache2/modules/mod_rewrite.so
      LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
      LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
      <VirtualHost 127.0.0.1:%2$d>
      %3$s
      ProxyPass / http://127.0.0.1:%4$d/
      </VirtualHost>
      """;
  private static final String CADDY =
      """
      {
          admin off
          auto_https off
      }
      http://:%1$d {
          bind 127.0.0.1
      %2$s
          reverse_proxy 127.0.0.1:%3$d
      }
      """;

  /** Those that it can run. */
  static final List<Stack> STACKS =
      List.of(Stack.EXPRESS, Stack.FASTAPI, Stack.NGINX, Stack.APACHE, Stack.CADDY);

  private static final FileAttribute<Set<PosixFilePermission>> READABLE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));

  private final Stack stack;
  private final Path programs;

  ProcessRemedyServer(Stack stack, Path programs) {
    this.stack = stack;
    this.programs = programs;
  }

  @Override
  public Running start(String name, Remedy remedy, Guard guard) throws Exception {
    Path directory = Files.createTempDirectory("corsac", READABLE); // nginx's worker is nobody
    int port = freePort();
    Running upstream =
        stack == Stack.NGINX || stack == Stack.APACHE || stack == Stack.CADDY
            ? CorsacRemedyServer.serve(
                List.of(),
                name.equals("cookie") ? "cookie-of-upstream" : name,
                name.equals("unauthorized") ? Guard.LOGIN : guard)
            : new Running(port, () -> {});
    List<String> command =
        switch (stack) {
          case EXPRESS -> express(directory, name, remedy.code(), guard, port);
          case FASTAPI -> fastapi(directory, name, remedy.code(), guard, port);
          case APACHE -> {
            Files.writeString(
                directory.resolve("apache.conf"),
                APACHE.formatted(directory, port, remedy.code(), upstream.port()));
            yield List.of("apache2", "-D", "FOREGROUND", "-f", directory + "/apache.conf");
          }
          case CADDY -> {
            Files.writeString(
                directory.resolve("Caddyfile"),
                CADDY.formatted(port, remedy.code(), upstream.port()));
            yield List.of("caddy", "run", "--config", "Caddyfile", "--adapter", "caddyfile");
          }
          case NGINX -> nginx(directory, name, remedy.code(), guard, port, upstream.port());
          default -> FrameworkPrograms.command(stack, directory, programs, remedy.code(), port);
        };
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    await(process, port, directory.resolve("log"));
    return new Running(
        port,
        () -> {
          process.destroy();
          process.waitFor(10, TimeUnit.SECONDS);
          upstream.stop().run();
        });
  }

  private List<String> express(Path directory, String name, String code, Guard guard, int port)
      throws IOException {
    boolean cookie = name.equals("cookie");
    String before = cookie ? credentials(Stack.EXPRESS) : code;
    String require = before.contains("require('cors')") ? "" : "const cors = require('cors');";
    Files.createSymbolicLink(directory.resolve("node_modules"), programs.resolve("node_modules"));
    Files.writeString(
        directory.resolve("app.js"),
        EXPRESS.formatted(require, before, cookie ? code : "", guard, port));
    return List.of("node", "app.js");
  }

  private List<String> fastapi(Path directory, String name, String code, Guard guard, int port)
      throws IOException {
    boolean cookie = name.equals("cookie");
    Files.writeString(
        directory.resolve("main.py"),
        FASTAPI.formatted(
            cookie ? credentials(Stack.FASTAPI) : code, cookie ? code : "pass", guard, port));
    return List.of(programs.resolve("venv/bin/python").toString(), "main.py");
  }

  private static List<String> nginx(
      Path directory, String name, String code, Guard guard, int port, int upstream)
      throws IOException {
    boolean cookie = name.equals("cookie");
    String whole = cookie ? credentials(Stack.NGINX) : code.isEmpty() ? "# in server\n" : code;
    String[] parts = whole.split("# in server\n", 2);
    String server = parts[1].replace("127.0.0.1:9000", "127.0.0.1:" + upstream);
    Files.writeString(directory.resolve("users"), "user:{PLAIN}secret\n");
    String location =
        switch (guard) {
          case LOGIN -> "auth_basic test; auth_basic_user_file users; ";
          case REDIRECT -> "rewrite ^/data$ /data/ permanent; ";
          default -> "";
        };
    server +=
        "\nlocation / { "
            + location
            + (cookie ? code.replace("# in location", "") : "")
            + " proxy_pass http://127.0.0.1:"
            + upstream
            + "; }";
    Files.writeString(directory.resolve("nginx.conf"), NGINX.formatted(parts[0], port, server));
    return List.of("nginx", "-p", directory.toString(), "-c", "nginx.conf", "-e", "error.log");
  }

  private static String credentials(Stack stack) {
    return Remedies.of(Problem.ALLOW_ORIGIN_WILDCARD, stack, RemediesServedTest.FACTS)
        .orElseThrow()
        .code();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void await(Process process, int port, Path log) throws Exception {
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (ConnectException notYet) {
        if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
          throw new AssertionError(Files.readString(log));
        }
      }
    }
  }
}
