package dev.corsac.demo;

import dev.corsac.browser.Header;
import dev.corsac.browser.Headers;
import dev.corsac.lab.api.ApiRequest;
import dev.corsac.lab.api.ApiResponse;
import dev.corsac.lab.api.GuideApi;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;

/** Serves the guide's API. */
final class DemoApi implements Handler<HttpServerRequest> {
  private final GuideApi api = new GuideApi("/");

  @Override
  public void handle(HttpServerRequest request) {
    List<Header> lines = new ArrayList<>();
    request.headers().forEach((name, value) -> lines.add(new Header(name, value)));
    request
        .body()
        .onSuccess(
            body -> {
              ApiResponse response =
                  api.respond(
                      ApiRequest.of(
                          request.method().name(),
                          request.uri(),
                          Headers.of(lines),
                          body.toString()));
              request.response().setStatusCode(response.status());
              for (Header header : response.headers()) {
                request.response().headers().add(header.name(), header.value());
              }
              request.response().end(response.body());
            });
  }
}
