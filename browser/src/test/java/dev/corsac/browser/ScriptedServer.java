package dev.corsac.browser;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corsac.browser.TransportException.Reason;
import dev.corsac.browser.http.RawResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The recording's server: answers by URL, byte for byte as it did to the real browser. */
final class ScriptedServer implements Transport {
  /** Where the lab listened. */
  private static final Set<Integer> LAB_PORTS =
      Set.of(80, 443, 8001, 8002, 8003, 8004, 8005, 8006, 8441, 8442, 8443, 8444, 8445);

  private static final Set<Integer> TLS_PORTS = Set.of(443, 8441, 8442, 8443, 8444, 8445);

  private static final int HTTP2_PORT = 8444;

  private final Map<String, JsonNode> resources = new HashMap<>();
  private boolean answersAll;

  /** From now on what is not scripted is found, too: a URL's text is not the key it came to. */
  void answerAll() {
    answersAll = true;
  }

  void put(JsonNode server) {
    server.forEach(
        resource -> resources.put(resource.path("url").asText().split("[?#]", 2)[0], resource));
  }

  /** Scheme, host, port and path, compared as text, as the recording server did. */
  private static String key(WireRequest request) {
    return request.url().split("\\?", 2)[0];
  }

  @Override
  public WireResponse send(WireRequest request) throws IOException {
    JsonNode resource = resources.get(key(request));
    if (!LAB_PORTS.contains(request.port()) || request.host().endsWith(".invalid")) {
      throw new TransportException(Reason.UNREACHABLE, "nothing listens there");
    }
    if (TLS_PORTS.contains(request.port()) != request.scheme().equals("https")) {
      throw new TransportException(Reason.TLS, "one side speaks TLS, the other does not");
    }
    boolean preflight =
        request.method().equals("OPTIONS")
            && request.headers().contains("Access-Control-Request-Method");
    if (preflight && resource != null && !resource.has("preflight")) {
      return WireResponse.of(405);
    }
    JsonNode answer = resource == null ? null : resource.get(preflight ? "preflight" : "response");
    if (answer == null && answersAll) {
      return WireResponse.of(
              200,
              "Access-Control-Allow-Origin",
              "*",
              "Content-Type",
              "text/plain",
              "Content-Length",
              "2")
          .withBody("ok");
    }
    if (answer == null) {
      return WireResponse.of(404, "Content-Length", "0");
    }
    if (answer.path("abort").asBoolean()) {
      throw new TransportException(Reason.CLOSED, "the connection was closed without an answer");
    }
    if (request.port() == HTTP2_PORT) {
      return http2(answer);
    }
    String raw =
        answer.has("raw") ? answer.get("raw").asText() : serialize(answer, request.method());
    return RawResponse.read(raw, request.method());
  }

  /** HTTP/2 stacks hand over one line per name. */
  private static WireResponse http2(JsonNode answer) {
    Headers headers = Corpus.headers(answer.path("headers"));
    List<Header> combined =
        headers.lines().stream()
            .map(Header::name)
            .distinct()
            .map(name -> new Header(name, Objects.requireNonNull(headers.get(name))))
            .toList();
    return WireResponse.of(answer.path("status").asInt(), Headers.of(combined))
        .withBody(answer.path("body").asText(""));
  }

  private static String serialize(JsonNode answer, String method) {
    StringBuilder raw = new StringBuilder("HTTP/1.1 ");
    int status = answer.path("status").asInt();
    raw.append(status).append(' ').append(answer.path("reason").asText("x")).append("\r\n");
    for (JsonNode pair : answer.path("headers")) {
      raw.append(pair.get(0).asText()).append(": ").append(pair.get(1).asText()).append("\r\n");
    }
    raw.append("\r\n");
    if (!method.equals("HEAD") && status != 204 && status != 304) {
      raw.append(
          new String(
              answer.path("body").asText("").getBytes(StandardCharsets.UTF_8),
              StandardCharsets.ISO_8859_1));
    }
    return raw.toString();
  }
}
