package dev.corsac.lab.api;

import dev.corsac.browser.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A request that reaches an application.
 *
 * @param method the method
 * @param path the path, as it was sent
 * @param query what follows the question mark; empty if there is none
 * @param headers the header lines
 * @param body the body; empty if there is none
 */
public record ApiRequest(String method, String path, String query, Headers headers, String body) {

  /** A request for a target in origin form. */
  public static ApiRequest of(String method, String target, Headers headers, String body) {
    int mark = target.indexOf('?');
    return mark < 0
        ? new ApiRequest(method, target, "", headers, body)
        : new ApiRequest(
            method, target.substring(0, mark), target.substring(mark + 1), headers, body);
  }

  /** The value of a parameter of the query. */
  Optional<String> parameter(String name) {
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        try {
          return Optional.of(
              URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException badEscape) {
          return Optional.of(pair);
        }
      }
    }
    return Optional.empty();
  }

  /** The value of a cookie. */
  Optional<String> cookie(String name) {
    for (String line : headers.values("Cookie")) {
      for (String pair : line.split(";", -1)) {
        if (pair.strip().startsWith(name + "=")) {
          return Optional.of(pair.strip().substring(name.length() + 1));
        }
      }
    }
    return Optional.empty();
  }
}
