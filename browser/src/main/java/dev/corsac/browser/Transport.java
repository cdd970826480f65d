package dev.corsac.browser;

import java.io.IOException;

/**
 * Carries one HTTP request to a server and brings its response: real HTTP ({@link
 * dev.corsac.browser.http.HttpTransport}), a recording, or a server in the same process, for which
 * a lambda is enough:
 *
 * <pre>{@code
 * Transport transport = request -> WireResponse.of(200, "Access-Control-Allow-Origin", "*");
 * }</pre>
 *
 * <p>A redirect is a response, and is returned as such. An implementation must be thread-safe if
 * browsers of several threads share it. https://fetch.spec.whatwg.org/#concept-http-network-fetch.
 */
@FunctionalInterface
public interface Transport {
  /**
   * Sends the request.
   *
   * @throws TransportException if there is no response, with the reason
   * @throws IOException if there is no response, for a reason the model has no name for
   */
  WireResponse send(WireRequest request) throws IOException;
}
