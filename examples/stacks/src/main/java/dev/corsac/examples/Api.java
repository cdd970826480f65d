package dev.corsac.examples;

import dev.corsac.CorsPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The guide's API, without HTTP and without a word about CORS. Thread-safe. */
final class Api {

  /** What the API answers; the body is JSON. */
  record Answer(int status, Map<String, String> headers, String body) {
    Answer(int status, String body) {
      this(status, Map.of(), body);
    }
  }

  private static final int ITEMS = 42;

  private final Set<String> sessions = ConcurrentHashMap.newKeySet();

  /** Who may read the API: the policy of every example. */
  static CorsPolicy policy() {
    return CorsPolicy.builder()
        .allowOrigins("https://app.example.com", "http://localhost:3000")
        .allowHeaders("X-Custom-Header")
        .allowCredentials()
        .exposeHeaders("X-Total-Count")
        .maxAge(Duration.ofHours(1))
        .build();
  }

  Answer data() {
    return new Answer(200, "{\"message\": \"This is CORS-enabled data\", \"items\": [1, 2, 3]}");
  }

  Answer receive(String body) {
    return new Answer(
        201, "{\"message\": \"Data received\", \"characters\": " + body.length() + "}");
  }

  Answer items() {
    String page =
        IntStream.rangeClosed(1, 10)
            .mapToObj(id -> "{\"id\": " + id + "}")
            .collect(Collectors.joining(", ", "[", "]"));
    return new Answer(200, Map.of("X-Total-Count", String.valueOf(ITEMS)), page);
  }

  Answer login() {
    String session = UUID.randomUUID().toString();
    sessions.add(session);
    String cookie = "session_id=" + session + "; Path=/; HttpOnly; SameSite=Lax";
    return new Answer(200, Map.of("Set-Cookie", cookie), "{\"message\": \"Logged in\"}");
  }

  Answer showProtected(@Nullable String cookies) {
    boolean loggedIn =
        cookies != null && sessions.stream().anyMatch(id -> cookies.contains("session_id=" + id));
    return loggedIn
        ? new Answer(200, "{\"message\": \"Protected data\"}")
        : new Answer(401, "{\"detail\": \"Not authenticated\"}");
  }

  Answer notFound() {
    return new Answer(404, "{\"detail\": \"Not found\"}");
  }
}
