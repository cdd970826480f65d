package dev.corsac.lab;

import dev.corsac.Cors;
import dev.corsac.CorsPolicy;
import dev.corsac.CorsRequest;
import dev.corsac.Decision;
import dev.corsac.Enforcement;
import dev.corsac.lab.decoder.Decoder;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page and its own API, on each of the page's origins.
 *
 * <p>The API answers the page only: it enforces its own origin with Corsac's own policy, so that no
 * other site that the visitor has open can start runs or read them.
 */
final class LabHandler implements Handler<HttpServerRequest> {
  private static final int LARGEST_BODY = 100_000;
  private static final int LARGEST_HAR = 30_000_000;

  /** Some wait for a thread while others are served; beyond that, a visitor is told to wait. */
  static final int MOST_MODEL_ASKERS = 64;

  private static final String HAR = "/lab/har";
  private static final Pattern REPORTS = Pattern.compile("/lab/runs/([a-z0-9]{10})/reports");

  private final LabPages pages;
  private final LabApi api;
  private final Decoder decoder;
  private final Duration patience;
  private final Semaphore harReaders = new Semaphore(2);
  private final Semaphore modelAskers = new Semaphore(MOST_MODEL_ASKERS);
  private final Cors ownOrigin =
      CorsPolicy.builder()
          .enforce(Enforcement.ALL)
          .hosts("localhost", "127.0.0.1", "[::1]", LabOrigins.LOOK_ALIKE_HOST)
          .build();

  /**
   * A handler.
   *
   * @param patience how long a client may take to send a body
   */
  LabHandler(LabPages pages, LabApi api, Decoder decoder, Duration patience) {
    this.pages = pages;
    this.api = api;
    this.decoder = decoder;
    this.patience = patience;
  }

  @Override
  public void handle(HttpServerRequest request) {
    Decision decision =
        ownOrigin.decide(
            CorsRequest.of(
                request.method().name(), request.path(), name -> headers(request, name)));
    boolean isPage = !request.path().startsWith("/lab/");
    boolean isRefused = decision instanceof Decision.Answer || isOfLookAlike(request);
    if (!isPage && !isRefused && request.method().name().equals("POST")) {
      serveApi(request);
      return;
    }
    RequestBody.discard(request, patience);
    if (isOfLookAlike(request) && !request.path().startsWith("/runner.")) {
      text(request, 404, "Here is only what makes requests; the page is on localhost.");
    } else if (decision instanceof Decision.Answer answer && (!isPage || answer.status() == 421)) {
      text(request, answer.status(), "The lab answers its own page only.");
    } else if (isPage) {
      servePage(request);
    } else {
      text(request, 405, "The lab's API takes POST.");
    }
  }

  /** HTTP/2 tells the authority elsewhere than in Host. */
  private static List<String> headers(HttpServerRequest request, String name) {
    return name.equalsIgnoreCase("Host") && request.authority() != null
        ? List.of(request.authority().toString())
        : request.headers().getAll(name);
  }

  private static boolean isOfLookAlike(HttpServerRequest request) {
    return request.authority() != null
        && request.authority().host().equalsIgnoreCase(LabOrigins.LOOK_ALIKE_HOST);
  }

  private void servePage(HttpServerRequest request) {
    String method = request.method().name();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      text(request, 405, "The page is at /");
    } else if (!pages.serve(request)) {
      text(request, 404, "Nothing here; the page is at /");
    }
  }

  /**
   * A place is taken before the body is read, so that the bodies of many clients, slow ones too,
   * are bounded together. What a call asks of the model of the browser may take a while: it leaves
   * the event loop.
   */
  private void serveApi(HttpServerRequest request) {
    boolean har = request.path().equals(HAR);
    Semaphore places = har ? harReaders : modelAskers;
    if (!places.tryAcquire()) {
      RequestBody.discard(request, patience);
      text(
          request,
          503,
          har
              ? "Another recording is being read. Try again in a moment."
              : "Many ask at once. Try again in a moment.");
      return;
    }
    int largest = har ? LARGEST_HAR : LARGEST_BODY;
    RequestBody.read(
        request,
        largest,
        patience,
        new RequestBody.Reader() {
          @Override
          public void whole(Buffer body) {
            Callable<JsonObject> work =
                har ? () -> decoder.decodeHar(body.getBytes()) : work(request, body);
            if (work == null) {
              places.release();
              text(request, 404, "The lab's API has no such call.");
            } else {
              offLoop(request, places, work);
            }
          }

          @Override
          public void tooLarge() {
            places.release();
            text(request, 413, "This is too large: at most " + largest / 1000 + " kB are read.");
          }

          @Override
          public void gone() {
            places.release();
          }
        });
  }

  /** What a call has to do; null if there is no such call. */
  private @Nullable Callable<JsonObject> work(HttpServerRequest request, Buffer body) {
    String userAgent = Objects.requireNonNullElse(request.headers().get("User-Agent"), "");
    Matcher reports = REPORTS.matcher(request.path());
    if (reports.matches()) {
      return asked(body, json -> api.report(reports.group(1), json));
    }
    return switch (request.path()) {
      case "/lab/check" -> asked(body, json -> api.check(json, userAgent));
      case "/lab/runs" -> asked(body, json -> api.start(json, userAgent));
      case "/lab/decode" ->
          asked(body, json -> decoder.decode(json.getString("text", ""), LabApi.engine(userAgent)));
      default -> null;
    };
  }

  private static Callable<JsonObject> asked(Buffer body, Call call) {
    return () -> {
      try {
        return call.on(new JsonObject(body));
      } catch (InvalidExperimentException invalid) {
        return new JsonObject().put("invalid", invalid.getMessage());
      }
    };
  }

  /** What the page asks of the lab. */
  @FunctionalInterface
  private interface Call {
    JsonObject on(JsonObject json) throws InvalidExperimentException;
  }

  private static void offLoop(
      HttpServerRequest request, Semaphore places, Callable<JsonObject> work) {
    Vertx.currentContext()
        .executeBlocking(work, false)
        .onComplete(
            result -> {
              places.release();
              if (result.succeeded()) {
                send(request, result.result());
              } else if (request.path().equals(HAR)) {
                text(request, 400, "The recording cannot be read.");
              } else if (isNotJson(result.cause())) {
                text(request, 400, "The body is not the JSON of an experiment.");
              } else {
                text(request, 500, "The lab failed at this. Nothing was run.");
                throw new IllegalStateException(result.cause());
              }
            });
  }

  private static boolean isNotJson(Throwable cause) {
    return cause instanceof DecodeException || cause instanceof ClassCastException;
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
