package dev.corsac.lab;

import dev.corsac.Cors;
import dev.corsac.CorsPolicy;
import dev.corsac.CorsRequest;
import dev.corsac.Decision;
import dev.corsac.Enforcement;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page and its own API, on each of the page's origins.
 *
 * <p>The API answers the page only: it enforces its own origin with Corsac's own policy, so that no
 * other site that the visitor has open can start runs or read them.
 */
final class LabHandler implements Handler<HttpServerRequest> {
  private static final int LARGEST_BODY = 100_000;
  private static final Pattern REPORTS = Pattern.compile("/lab/runs/([a-z0-9]{10})/reports");

  private final LabPages pages;
  private final LabApi api;
  private final Cors ownOrigin =
      CorsPolicy.builder()
          .enforce(Enforcement.ALL)
          .hosts("localhost", "127.0.0.1", "[::1]")
          .build();

  LabHandler(LabPages pages, LabApi api) {
    this.pages = pages;
    this.api = api;
  }

  @Override
  public void handle(HttpServerRequest request) {
    Decision decision =
        ownOrigin.decide(
            CorsRequest.of(
                request.method().name(), request.path(), name -> headers(request, name)));
    boolean isPage = !request.path().startsWith("/lab/");
    if (decision instanceof Decision.Answer answer && (!isPage || answer.status() == 421)) {
      text(request, answer.status(), "The lab answers its own page only.");
    } else if (isPage) {
      servePage(request);
    } else if (!request.method().name().equals("POST")) {
      text(request, 405, "The lab's API takes POST.");
    } else {
      serveApi(request);
    }
  }

  /** HTTP/2 tells the authority elsewhere than in Host. */
  private static List<String> headers(HttpServerRequest request, String name) {
    return name.equalsIgnoreCase("Host") && request.authority() != null
        ? List.of(request.authority().toString())
        : request.headers().getAll(name);
  }

  private void servePage(HttpServerRequest request) {
    String method = request.method().name();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      text(request, 405, "The page is at /");
    } else if (!pages.serve(request)) {
      text(request, 404, "Nothing here; the page is at /");
    }
  }

  private void serveApi(HttpServerRequest request) {
    Buffer body = Buffer.buffer();
    request.handler(
        chunk -> {
          if (body.length() <= LARGEST_BODY) {
            body.appendBuffer(chunk);
          }
        });
    request.endHandler(end -> answer(request, body));
  }

  private void answer(HttpServerRequest request, Buffer body) {
    if (body.length() > LARGEST_BODY) {
      text(request, 413, "The experiment is too large.");
      return;
    }
    String userAgent = request.headers().get("User-Agent");
    try {
      JsonObject json = new JsonObject(body);
      Matcher reports = REPORTS.matcher(request.path());
      if (request.path().equals("/lab/check")) {
        send(request, api.check(json, userAgent == null ? "" : userAgent));
      } else if (request.path().equals("/lab/runs")) {
        send(request, api.start(json, userAgent == null ? "" : userAgent));
      } else if (reports.matches()) {
        send(request, api.report(reports.group(1), json));
      } else {
        text(request, 404, "The lab's API has no such call.");
      }
    } catch (DecodeException | ClassCastException notJson) {
      text(request, 400, "The body is not the JSON of an experiment.");
    } catch (InvalidExperimentException invalid) {
      send(request, new JsonObject().put("invalid", invalid.getMessage()));
    }
  }

  private static void send(HttpServerRequest request, JsonObject json) {
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(json.toBuffer());
  }

  private static void text(HttpServerRequest request, int status, String words) {
    request
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .end(words + "\n");
  }
}
