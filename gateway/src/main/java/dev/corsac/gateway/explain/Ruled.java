package dev.corsac.gateway.explain;

import dev.corsac.browser.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the gateway would do with a request.
 *
 * @param route which one takes it
 * @param reason the decision's, or a word of the gateway's own
 * @param detail the decision in words, printable
 * @param key which key of the policy decided; empty if none did
 * @param goesOn whether it goes on to its guards and its upstream
 * @param status of the gateway's own response; 200, as an example of the upstream's, if it goes on
 * @param headers of the policy
 * @param steps what is looked at, in that order
 */
record Ruled(
    String route,
    String reason,
    String detail,
    String key,
    boolean goesOn,
    int status,
    Headers headers,
    List<String> steps) {

  static Headers headers(Map<String, String> ofDecision) {
    List<String> lines = new ArrayList<>();
    ofDecision.forEach(
        (name, value) -> {
          lines.add(name);
          lines.add(value);
        });
    return Headers.of(lines.toArray(String[]::new));
  }
}
