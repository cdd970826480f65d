package dev.corsac.lab;

import dev.corsac.browser.Header;
import dev.corsac.browser.Headers;
import dev.corsac.lab.api.ApiRequest;
import dev.corsac.lab.api.ApiResponse;
import java.util.List;

/**
 * A request that arrived at the sandbox, and the response that left it.
 *
 * @param asker whose request it is
 * @param target the whole target, with the sandbox's prefix
 * @param ran whether the API ran
 * @param reason why the policy decided so; empty without a policy
 */
record Recorded(
    Asker asker,
    String target,
    ApiRequest request,
    ApiResponse response,
    boolean ran,
    String reason) {

  /** Whether the browser asks here for leave to send another request. */
  boolean isPreflight() {
    return request.method().equals("OPTIONS")
        && request.headers().contains("Access-Control-Request-Method");
  }

  /** How many characters are kept of it. */
  int length() {
    int length = target.length() + request.body().length() + response.body().length();
    for (Headers headers : List.of(request.headers(), response.headers())) {
      for (Header header : headers) {
        length += header.name().length() + header.value().length();
      }
    }
    return length;
  }
}
