package dev.corsac.lab.api;

import dev.corsac.browser.Headers;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The API of the guide, as small as it gets. It knows nothing of CORS: not a word in here is about
 * it. Thread-safe.
 */
public final class GuideApi {
  private static final int ITEMS = 42;
  private static final int MOST_SESSIONS = 1000;

  private final SecureRandom random = new SecureRandom();
  private final Deque<String> sessions = new ArrayDeque<>();
  private final String cookiePath;
  private int transfers;

  /**
   * An API that nobody has used yet.
   *
   * @param cookiePath the path that its cookie is for
   */
  public GuideApi(String cookiePath) {
    this.cookiePath = cookiePath;
  }

  /** Does what the request asks for. */
  public synchronized ApiResponse respond(ApiRequest request) {
    boolean head = request.method().equals("HEAD");
    ApiResponse response =
        respond((head ? "GET" : request.method()) + " " + request.path(), request);
    return head ? new ApiResponse(response.status(), response.headers(), "") : response;
  }

  private ApiResponse respond(String call, ApiRequest request) {
    return switch (call) {
      case "GET /" -> message(200, "Hello from the demo's API");
      case "GET /data", "GET /api/data" ->
          json(
              200,
              new JsonObject()
                  .put("message", "This is CORS-enabled data")
                  .put("items", new JsonArray().add(1).add(2).add(3)));
      case "POST /data", "POST /api/data" -> receive(request);
      case "PUT /api/data", "PATCH /api/data" -> message(200, "Data changed");
      case "DELETE /api/data" -> message(200, "Data deleted");
      case "GET /api/items" -> items(request);
      case "POST /login" -> login();
      case "GET /protected" -> showProtected(request);
      case "POST /transfer" -> {
        transfers++;
        yield transfers();
      }
      case "GET /transfers" -> transfers();
      case "GET /live" -> live(request);
      case "GET /error/401" -> detail(401, "Log in first");
      case "GET /error/500" -> detail(500, "The API broke, and says so");
      default -> detail(404, "Not found");
    };
  }

  /** How many transfers were made. */
  public synchronized int transferCount() {
    return transfers;
  }

  private ApiResponse transfers() {
    return json(200, new JsonObject().put("transfers", transfers));
  }

  private static ApiResponse receive(ApiRequest request) {
    Object received = parsed(request.body());
    return received == null
        ? detail(422, "The body is not JSON")
        : json(201, new JsonObject().put("message", "Data received").put("received", received));
  }

  private static ApiResponse items(ApiRequest request) {
    int skip = number(request.parameter("skip").orElse("0"));
    int limit = number(request.parameter("limit").orElse("10"));
    if (skip < 0 || limit < 1 || limit > 100) {
      return detail(422, "skip is 0 or more, limit is 1 to 100");
    }
    JsonArray page = new JsonArray();
    for (int id = skip + 1; id <= Math.min(ITEMS, (long) skip + limit); id++) {
      page.add(new JsonObject().put("id", id).put("name", "Item " + id));
    }
    ApiResponse response = json(200, new JsonObject().put("items", page).put("total", ITEMS));
    return response.withHeaders(response.headers().with("X-Total-Count", String.valueOf(ITEMS)));
  }

  private ApiResponse login() {
    byte[] id = new byte[16];
    random.nextBytes(id);
    String session = HexFormat.of().formatHex(id);
    sessions.addLast(session);
    if (sessions.size() > MOST_SESSIONS) {
      sessions.removeFirst();
    }
    ApiResponse response = message(200, "Logged in");
    return response.withHeaders(
        response
            .headers()
            .with(
                "Set-Cookie",
                "session_id=" + session + "; HttpOnly; SameSite=Lax; Path=" + cookiePath));
  }

  private ApiResponse showProtected(ApiRequest request) {
    return isLoggedIn(request)
        ? json(200, new JsonObject().put("message", "Protected data").put("user", "ada"))
        : detail(401, "Not authenticated");
  }

  /** A WebSocket; the body is the message that it sends. */
  private ApiResponse live(ApiRequest request) {
    String key = request.headers().get("Sec-WebSocket-Key");
    if (key == null || !"websocket".equalsIgnoreCase(request.headers().get("Upgrade"))) {
      return detail(426, "Open a WebSocket here");
    }
    boolean known = isLoggedIn(request);
    JsonObject message =
        new JsonObject().put("user", known ? "ada" : "nobody").put("balance", known ? 1200 : 0);
    return new ApiResponse(
        101, Headers.of("Upgrade", "websocket", "Connection", "Upgrade"), message.encode());
  }

  private boolean isLoggedIn(ApiRequest request) {
    return request.cookie("session_id").filter(sessions::contains).isPresent();
  }

  private static @Nullable Object parsed(String body) {
    try {
      return Json.decodeValue(body);
    } catch (DecodeException e) {
      return null;
    }
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static ApiResponse message(int status, String message) {
    return json(status, new JsonObject().put("message", message));
  }

  private static ApiResponse detail(int status, String detail) {
    return json(status, new JsonObject().put("detail", detail));
  }

  private static ApiResponse json(int status, JsonObject json) {
    return new ApiResponse(
        status, Headers.of("Content-Type", "application/json"), json.encode() + "\n");
  }
}
