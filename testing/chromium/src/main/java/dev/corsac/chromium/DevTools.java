package dev.corsac.chromium;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One connection to a browser: calls with answers, and events by session. Thread-safe. */
final class DevTools implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Duration patience;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
  private final Map<String, BiConsumer<String, JsonNode>> sessions = new ConcurrentHashMap<>();
  private final StringBuilder text = new StringBuilder();
  private final Object sending = new Object();
  private @Nullable WebSocket socket;

  private DevTools(Duration patience) {
    this.patience = patience;
  }

  static DevTools connect(URI endpoint, Duration patience) {
    DevTools devTools = new DevTools(patience);
    devTools.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(endpoint, devTools).join();
    return devTools;
  }

  void onEvent(String session, BiConsumer<String, JsonNode> listener) {
    sessions.put(session, listener);
  }

  void forget(String session) {
    sessions.remove(session);
  }

  JsonNode call(@Nullable String session, String method, ObjectNode parameters) {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    pending.put(id, answer);
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", parameters);
    if (session != null) {
      message.put("sessionId", session);
    }
    WebSocket open = socket;
    if (open == null) {
      throw new IllegalStateException("not connected");
    }
    synchronized (sending) {
      open.sendText(message.toString(), true).join();
    }
    try {
      return answer.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      throw new IllegalStateException(method + " failed", e.getCause());
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      String message = text.toString();
      text.setLength(0);
      receive(message);
    }
    webSocket.request(1);
    return CompletableFuture.completedFuture(null);
  }

  private void receive(String message) {
    try {
      JsonNode node = JSON.readTree(message);
      if (node.has("id")) {
        CompletableFuture<JsonNode> answer = pending.remove(node.path("id").asInt());
        if (answer != null && node.has("error")) {
          answer.completeExceptionally(new IllegalStateException(node.path("error").toString()));
        } else if (answer != null) {
          answer.complete(node.path("result"));
        }
        return;
      }
      BiConsumer<String, JsonNode> listener = sessions.get(node.path("sessionId").asText());
      if (listener != null) {
        listener.accept(node.path("method").asText(), node.path("params"));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(message, e);
    }
  }

  @Override
  public void close() {
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
  }
}
