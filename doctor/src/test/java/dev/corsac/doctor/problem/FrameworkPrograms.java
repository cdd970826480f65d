package dev.corsac.doctor.problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Small applications of frameworks that are started as a program, with a remedy where its reader
 * would put it; {@code CONTRIBUTING.md} says what has to be there.
 */
final class FrameworkPrograms {
  /** Those that it can start. */
  static final List<Stack> STACKS = List.of(Stack.QUARKUS, Stack.DJANGO, Stack.RAILS);

  private static final String DJANGO =
      """
      SECRET_KEY = "test"
      ROOT_URLCONF = "urls"
      ALLOWED_HOSTS = ["*"]
      INSTALLED_APPS = []
      MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
      USE_TZ = True
      %s
      """;
  private static final String DJANGO_URLS =
      """
      from django.http import HttpResponse
      from django.urls import path

      def data(request):
          response = HttpResponse("data")
          response["X-Total-Count"] = "100"
          response["X-Trace-Id"] = "7"
          return response

      urlpatterns = [path("data", data)]
      """;
  private static final String DJANGO_SERVER =
      """
      import os
      os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
      from socketserver import ThreadingMixIn
      from wsgiref.simple_server import make_server, WSGIRequestHandler, WSGIServer
      from django.core.wsgi import get_wsgi_application

      class Server(ThreadingMixIn, WSGIServer):
          daemon_threads = True

      class Quiet(WSGIRequestHandler):
          def log_message(self, *args):
              pass

      make_server("127.0.0.1", %d, get_wsgi_application(), Server, Quiet).serve_forever()
      """;
  private static final String RAILS =
      """
      require "logger"
      require "rack/cors"
      require "action_controller/railtie"

      class Server < Rails::Application
        config.eager_load = false
        config.consider_all_requests_local = true
        config.hosts.clear
        config.secret_key_base = "test"
        config.logger = Logger.new(IO::NULL)
      end

      class DataController < ActionController::API
        def show
          response.headers["X-Total-Count"] = "100"
          response.headers["X-Trace-Id"] = "7"
          render plain: "data"
        end
      end

      %s

      Server.initialize!
      Server.routes.draw { match "/data", to: "data#show", via: :all }
      Rack::Handler::WEBrick.run(Server, Host: "127.0.0.1", Port: %d, AccessLog: [], Logger: Logger.new(IO::NULL))
      """;

  private FrameworkPrograms() {}

  /** Writes an application to a folder, and says how to start it there. */
  static List<String> command(Stack stack, Path directory, Path programs, String code, int port)
      throws IOException {
    return switch (stack) {
      case QUARKUS -> {
        Path config = Files.createDirectory(directory.resolve("config"));
        Files.writeString(
            config.resolve("application.properties"),
            "quarkus.http.host=127.0.0.1\nquarkus.http.port=" + port + "\n" + code);
        yield List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-jar",
            programs.resolve("quarkus/quarkus-app/quarkus-run.jar").toString());
      }
      case DJANGO -> {
        Files.writeString(directory.resolve("settings.py"), DJANGO.formatted(code));
        Files.writeString(directory.resolve("urls.py"), DJANGO_URLS);
        Files.writeString(directory.resolve("server.py"), DJANGO_SERVER.formatted(port));
        yield List.of("/usr/bin/python3", "server.py");
      }
      case RAILS -> {
        Files.writeString(directory.resolve("app.rb"), RAILS.formatted(code, port));
        yield List.of("ruby", "app.rb");
      }
      default -> throw new IllegalArgumentException(stack.title());
    };
  }
}
