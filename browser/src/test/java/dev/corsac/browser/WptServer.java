package dev.corsac.browser;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corsac.browser.TransportException.Reason;
import dev.corsac.browser.http.RawResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the server scripts of web-platform-tests answer: by URL, and to preflights on their own. */
final class WptServer implements Transport {
  private final Map<String, JsonNode> resources = new HashMap<>();

  void put(JsonNode server) {
    server.forEach(resource -> resources.put(resource.path("url").asText(), resource));
  }

  @Override
  public WireResponse send(WireRequest request) throws IOException {
    JsonNode resource = resources.get(request.url());
    if (resource == null) {
      resource = resources.get(request.url().split("\\?", 2)[0]);
    }
    if (resource == null) {
      throw new TransportException(Reason.UNREACHABLE, "the case has no answer for " + request);
    }
    boolean preflight = request.isPreflight() && resource.has("preflight");
    JsonNode answer = resource.path(preflight ? "preflight" : "response");
    if (answer.has("raw")) {
      return RawResponse.read(answer.get("raw").asText(), request.method());
    }
    List<Header> headers = new ArrayList<>();
    for (Header header : Corpus.headers(answer.path("headers"))) {
      String value = value(header.value(), request.header("Origin"));
      if (value != null) {
        headers.add(new Header(header.name(), value));
      }
    }
    String body = request.method().equals("HEAD") ? "" : answer.path("body").asText("");
    return WireResponse.of(answer.path("status").asInt(200), Headers.of(headers)).withBody(body);
  }

  /** Null leaves the header out. */
  private static @Nullable String value(String value, @Nullable String origin) {
    return switch (value) {
      case "{origin}" -> origin;
      case "{origin|*}" -> origin == null ? "*" : origin;
      default -> value;
    };
  }
}
