package dev.corsac.lab;

import dev.corsac.browser.Header;
import dev.corsac.browser.Headers;
import dev.corsac.lab.api.ApiRequest;
import dev.corsac.lab.api.ApiResponse;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server that experiments ask: each run has its own policy, below a path of its own. */
final class SandboxHandler implements Handler<HttpServerRequest> {
  private static final int LARGEST_BODY = 16_384;
  private static final Pattern TARGET = Pattern.compile("/([a-z0-9]{10})/([a-z]+)(/.*)");

  private final Runs runs;
  private final Duration patience;

  /**
   * A handler.
   *
   * @param patience how long a client may take to send a body
   */
  SandboxHandler(Runs runs, Duration patience) {
    this.runs = runs;
    this.patience = patience;
  }

  @Override
  public void handle(HttpServerRequest request) {
    Matcher target = TARGET.matcher(request.uri());
    Optional<Run> run = target.matches() ? runs.get(target.group(1)) : Optional.empty();
    Optional<Asker> asker = target.matches() ? Asker.of(target.group(2)) : Optional.empty();
    if (run.isEmpty() || asker.isEmpty()) {
      RequestBody.discard(request, patience);
      refuse(request, 404, "No experiment runs here. Start one in the lab.");
      return;
    }
    if (request.headers().contains("Upgrade", "websocket", true)) {
      serve(request, run.get(), asker.get(), target.group(3), "");
      return;
    }
    RequestBody.read(
        request,
        LARGEST_BODY,
        patience,
        new RequestBody.Reader() {
          @Override
          public void whole(Buffer body) {
            serve(request, run.get(), asker.get(), target.group(3), body.toString());
          }

          @Override
          public void tooLarge() {
            refuse(request, 413, "The body is larger than an experiment needs.");
          }
        });
  }

  private static void serve(
      HttpServerRequest request, Run run, Asker asker, String target, String body) {
    List<Header> lines = new ArrayList<>();
    request.headers().forEach((name, value) -> lines.add(new Header(name, value)));
    ApiRequest asked = ApiRequest.of(request.method().name(), target, Headers.of(lines), body);
    run.serve(asker, request.uri(), asked)
        .ifPresentOrElse(
            served -> send(request, served.response()),
            () -> refuse(request, 429, "This run has had enough requests."));
  }

  private static void send(HttpServerRequest request, ApiResponse response) {
    if (response.status() == 101) {
      request
          .toWebSocket()
          .onSuccess(
              socket -> socket.writeTextMessage(response.body()).onComplete(x -> socket.close()));
      return;
    }
    request.response().setStatusCode(response.status());
    for (Header header : response.headers()) {
      request.response().headers().add(header.name(), header.value());
    }
    request.response().end(response.body());
  }

  private static void refuse(HttpServerRequest request, int status, String words) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end(words + "\n");
  }
}
