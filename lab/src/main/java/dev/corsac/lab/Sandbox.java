package dev.corsac.lab;

import dev.corsac.Cors;
import dev.corsac.CorsRequest;
import dev.corsac.CorsResponse;
import dev.corsac.Decision;
import dev.corsac.browser.Header;
import dev.corsac.browser.Headers;
import dev.corsac.browser.Transport;
import dev.corsac.browser.WireRequest;
import dev.corsac.browser.WireResponse;
import dev.corsac.lab.api.ApiRequest;
import dev.corsac.lab.api.ApiResponse;
import dev.corsac.lab.api.GuideApi;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server of one experiment: the guide's API under the policy of the visitor, or with the
 * headers that the visitor wrote. The same object answers the browser and its model, so that both
 * judge the same responses. Thread-safe.
 */
final class Sandbox {
  private final Cors cors;
  private final @Nullable ByHand byHand;
  private final GuideApi api;

  Sandbox(Cors cors, @Nullable ByHand byHand, GuideApi api) {
    this.cors = cors;
    this.byHand = byHand;
    this.api = api;
  }

  /**
   * A response, and whether the API ran to make it.
   *
   * @param reason why the policy decided so; empty without a policy
   */
  record Served(ApiResponse response, boolean ran, String reason) {}

  /** The same server with an API that nobody has used. */
  Sandbox afresh(String cookiePath) {
    return new Sandbox(cors, byHand, new GuideApi(cookiePath));
  }

  Served serve(ApiRequest request) {
    return byHand == null ? byPolicy(request) : byHand(byHand, request);
  }

  private Served byPolicy(ApiRequest request) {
    Decision decision =
        cors.decide(CorsRequest.of(request.method(), request.path(), request.headers()::values));
    boolean answered = decision instanceof Decision.Answer;
    ApiResponse response =
        decision instanceof Decision.Answer answer
            ? new ApiResponse(answer.status(), Headers.of(), "")
            : api.respond(request);
    HeaderLines lines = new HeaderLines(response.headers());
    // No browser looks at CORS headers when a WebSocket opens, and this server sends none then.
    if (response.status() != 101) {
      decision.applyTo(lines);
    }
    return new Served(
        finished(request, response.withHeaders(Headers.of(lines.lines))),
        !answered,
        decision.reason().id());
  }

  private Served byHand(ByHand server, ApiRequest request) {
    String origin = request.headers().get("Origin");
    if (isPreflight(request)) {
      ByHand.Part part = server.preflight();
      ApiResponse response =
          part == null
              ? new ApiResponse(405, Headers.of("Allow", "GET, HEAD, POST"), "")
              : new ApiResponse(part.status(), Headers.of(part.headersFor(origin)), "");
      return new Served(finished(request, response), false, "");
    }
    ApiResponse own = api.respond(request);
    ByHand.Part part = server.response();
    if (own.status() == 101 && part.status() == 0) {
      return new Served(own, true, "");
    }
    List<Header> lines = new ArrayList<>();
    List<Header> added = part.headersFor(origin);
    for (Header header : own.headers()) {
      if (Headers.of(added).get(header.name()) == null) {
        lines.add(header);
      }
    }
    lines.addAll(added);
    int status = part.status() == 0 ? own.status() : part.status();
    String body = status == 204 || status == 205 || status == 304 ? "" : own.body();
    return new Served(
        finished(request, new ApiResponse(status, Headers.of(lines), body)), true, "");
  }

  private static boolean isPreflight(ApiRequest request) {
    return request.method().equals("OPTIONS")
        && request.headers().contains("Origin")
        && request.headers().contains("Access-Control-Request-Method");
  }

  /** With what every response has, so that browser and model see the same lines. */
  private static ApiResponse finished(ApiRequest request, ApiResponse response) {
    Headers headers = response.headers();
    if (response.status() == 101) {
      return response;
    }
    if (response.status() != 204 && response.status() != 304 && !request.method().equals("HEAD")) {
      int length = response.body().getBytes(StandardCharsets.UTF_8).length;
      headers = headers.without("Content-Length").with("Content-Length", String.valueOf(length));
    }
    if (!headers.contains("Cache-Control")) {
      headers = headers.with("Cache-Control", "no-store");
    }
    return response.withHeaders(headers);
  }

  /**
   * The way of the model's requests to this server.
   *
   * @param prefix what stands before the API's paths in the URLs
   */
  Transport transport(String prefix) {
    return request -> {
      Served served = serve(apiRequest(request, prefix));
      ApiResponse response = served.response();
      return WireResponse.of(response.status(), response.headers()).withBody(response.body());
    };
  }

  private static ApiRequest apiRequest(WireRequest request, String prefix) {
    String target = request.target();
    return ApiRequest.of(
        request.method(),
        target.startsWith(prefix) ? target.substring(prefix.length()) : target,
        request.headers().with("Host", request.authority()),
        new String(request.body(), StandardCharsets.UTF_8));
  }

  /** The lines of a head that a decision is written to. */
  private static final class HeaderLines implements CorsResponse {
    private final List<Header> lines;

    HeaderLines(Headers headers) {
      this.lines = new ArrayList<>(headers.lines());
    }

    @Override
    public List<String> headers(String name) {
      return Headers.of(lines).values(name);
    }

    @Override
    public void setHeader(String name, String value) {
      removeHeader(name);
      addHeader(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
      lines.add(new Header(name, value));
    }

    @Override
    public void removeHeader(String name) {
      lines.removeIf(line -> line.name().equalsIgnoreCase(name));
    }
  }
}
