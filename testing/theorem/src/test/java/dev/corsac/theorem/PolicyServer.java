package dev.corsac.theorem;

import dev.corsac.Cors;
import dev.corsac.CorsRequest;
import dev.corsac.CorsResponse;
import dev.corsac.Decision;
import dev.corsac.browser.Headers;
import dev.corsac.browser.Transport;
import dev.corsac.browser.WireRequest;
import dev.corsac.browser.WireResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server in memory that applies a policy to one small application. */
final class PolicyServer implements Transport {
  /** What the application answers with, besides what every page may read. */
  static final Headers RESPONSE =
      Headers.of("Content-Type", "text/plain", "X-One", "1", "X-Two", "2");

  private final Cors cors;

  PolicyServer(Cors cors) {
    this.cors = cors;
  }

  @Override
  public WireResponse send(WireRequest request) {
    Decision decision = cors.decide(new Asked(request));
    Answered response = new Answered();
    int status = 200;
    if (decision instanceof Decision.Answer answer) {
      status = answer.status();
    } else {
      response.headers = RESPONSE;
    }
    decision.applyTo(response);
    return WireResponse.of(status, response.headers);
  }

  private record Asked(WireRequest request) implements CorsRequest {
    @Override
    public String method() {
      return request.method();
    }

    @Override
    public String path() {
      return request.path();
    }

    @Override
    public @Nullable String header(String name) {
      List<String> values = headers(name);
      return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public List<String> headers(String name) {
      return request.headers().values(name);
    }
  }

  private static final class Answered implements CorsResponse {
    private Headers headers = Headers.of();

    @Override
    public List<String> headers(String name) {
      return headers.values(name);
    }

    @Override
    public void setHeader(String name, String value) {
      headers = headers.without(name).with(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
      headers = headers.with(name, value);
    }

    @Override
    public void removeHeader(String name) {
      headers = headers.without(name);
    }
  }
}
