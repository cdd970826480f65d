package dev.corsac.gateway.explain;

import dev.corsac.browser.Header;
import java.util.List;

/**
 * A request that an operator asks about. Immutable.
 *
 * @param origin what {@code Origin} says, as written; empty for a request without one
 * @param url absolute
 * @param headers those that a page sets, or any client sends
 * @param credentials whether the page asks with credentials
 */
public record Question(
    String origin, String method, String url, List<Header> headers, boolean credentials) {
  /** Copies the list. */
  public Question {
    headers = List.copyOf(headers);
  }
}
