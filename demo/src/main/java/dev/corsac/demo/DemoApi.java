package dev.corsac.demo;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The API of the guide, as small as it gets. It knows nothing of CORS: not a word in here is about
 * it.
 */
final class DemoApi implements Handler<HttpServerRequest> {
  private static final int ITEMS = 42;
  private static final int MOST_SESSIONS = 1000;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, String> sessions =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
              return size() > MOST_SESSIONS;
            }
          });

  @Override
  public void handle(HttpServerRequest request) {
    String call = request.method().name() + " " + request.path();
    switch (call) {
      case "GET /" ->
          answer(request, 200, new JsonObject().put("message", "Hello from the demo's API"));
      case "GET /data", "GET /api/data" ->
          answer(
              request,
              200,
              new JsonObject()
                  .put("message", "This is CORS-enabled data")
                  .put("items", new JsonArray().add(1).add(2).add(3)));
      case "POST /data", "POST /api/data" -> receive(request);
      case "GET /api/items" -> items(request);
      case "POST /login" -> login(request);
      case "GET /protected" -> showProtected(request);
      case "GET /error/401" -> answer(request, 401, error("Log in first"));
      case "GET /error/500" -> answer(request, 500, error("The API broke, and says so"));
      default -> answer(request, 404, error("Not found"));
    }
  }

  private static void receive(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              Object received = parsed(body);
              if (received == null) {
                answer(request, 422, error("The body is not JSON"));
                return;
              }
              answer(
                  request,
                  201,
                  new JsonObject().put("message", "Data received").put("received", received));
            });
  }

  private static void items(HttpServerRequest request) {
    int skip = number(request.getParam("skip"), 0);
    int limit = number(request.getParam("limit"), 10);
    if (skip < 0 || limit < 1 || limit > 100) {
      answer(request, 422, error("skip is 0 or more, limit is 1 to 100"));
      return;
    }
    JsonArray page = new JsonArray();
    for (int id = skip + 1; id <= Math.min(ITEMS, (long) skip + limit); id++) {
      page.add(new JsonObject().put("id", id).put("name", "Item " + id));
    }
    request.response().putHeader("X-Total-Count", Integer.toString(ITEMS));
    send(request, 200, page.toBuffer());
  }

  private void login(HttpServerRequest request) {
    byte[] id = new byte[16];
    random.nextBytes(id);
    String session = HexFormat.of().formatHex(id);
    sessions.put(session, "ada");
    request
        .response()
        .putHeader("Set-Cookie", "session_id=" + session + "; HttpOnly; SameSite=Lax; Path=/");
    answer(request, 200, new JsonObject().put("message", "Logged in"));
  }

  private void showProtected(HttpServerRequest request) {
    Cookie cookie = request.getCookie("session_id");
    String user = cookie == null ? null : sessions.get(cookie.getValue());
    if (user == null) {
      answer(request, 401, error("Not authenticated"));
      return;
    }
    answer(request, 200, new JsonObject().put("message", "Protected data").put("user", user));
  }

  private static @Nullable Object parsed(Buffer body) {
    try {
      return Json.decodeValue(body);
    } catch (DecodeException e) {
      return null;
    }
  }

  private static int number(@Nullable String text, int otherwise) {
    if (text == null) {
      return otherwise;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static JsonObject error(String detail) {
    return new JsonObject().put("detail", detail);
  }

  private static void answer(HttpServerRequest request, int status, JsonObject json) {
    send(request, status, json.toBuffer());
  }

  private static void send(HttpServerRequest request, int status, Buffer json) {
    request
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(json.appendString("\n"));
  }
}
