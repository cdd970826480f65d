package dev.corsac.doctor.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.corsac.browser.Header;
import dev.corsac.browser.WireResponse;
import dev.corsac.browser.http.HttpTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A real server that answers as a lambda says; {@code https://api.example.com} leads to it. */
final class Fixture implements AutoCloseable {
  static final String URL = "https://api.example.com/data";
  static final String APP = "https://app.example.com";

  /** What a server was asked. */
  record Asked(HttpExchange exchange) {
    String method() {
      return exchange.getRequestMethod();
    }

    String path() {
      return exchange.getRequestURI().getPath();
    }

    @Nullable String header(String name) {
      return exchange.getRequestHeaders().getFirst(name);
    }

    @Nullable String origin() {
      return header("Origin");
    }

    boolean isPreflight() {
      return method().equals("OPTIONS")
          && origin() != null
          && header("Access-Control-Request-Method") != null;
    }
  }

  @FunctionalInterface
  interface Behaviour {
    WireResponse answer(Asked asked);
  }

  private final HttpServer server;
  private final List<String> received = new CopyOnWriteArrayList<>();

  Fixture(Behaviour behaviour) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          received.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().entrySet());
          WireResponse response = behaviour.answer(new Asked(exchange));
          for (Header header : response.headers()) {
            exchange.getResponseHeaders().add(header.name(), header.value());
          }
          exchange.sendResponseHeaders(response.status(), -1);
          exchange.close();
        });
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  HttpTransport transport() {
    return HttpTransport.create().maxBody(0).map("https://api.example.com", address());
  }

  /** Method, target and headers of each request. */
  List<String> received() {
    return received;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  static AuditReport audit(Behaviour behaviour, String... origins)
      throws IOException, InterruptedException {
    try (Fixture server = new Fixture(behaviour)) {
      Audit.Builder audit = Audit.builder(URL).rate(1000).transport(server.transport());
      List.of(origins).forEach(audit::origin);
      AuditReport report = audit.build().run();
      assertThat(report.stopped()).isEmpty();
      assertThat(report.requests()).isEqualTo(server.received().size());
      return report;
    }
  }

  static String summary(AuditReport report) {
    return String.join(
        ", ",
        report.findings().stream()
            .map(each -> each.severity().id() + " " + each.check().id())
            .toList());
  }
}
