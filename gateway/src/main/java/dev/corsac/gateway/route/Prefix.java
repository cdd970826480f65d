package dev.corsac.gateway.route;

import dev.corsac.PathRoutes;
import dev.corsac.gateway.http.RequestTarget;

/**
 * What goes before every path of an upstream; equal to another with the same text.
 *
 * @param text empty, or starting with a slash and not ending with one
 */
public record Prefix(String text, PathRoutes<Boolean> below) {

  /**
   * Of an upstream's path.
   *
   * @throws dev.corsac.InvalidPolicyException if it is more than plain segments
   */
  static Prefix of(String path) {
    String text = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return new Prefix(text, PathRoutes.builder(false, false).add(text + "/**", true).build());
  }

  /** Whether a server could read a target, below this prefix, as leading out of it. */
  public boolean isLeftBy(RequestTarget target) {
    return !text.isEmpty() && !target.path().equals("*") && !below.find(text + target.path());
  }

  /** The target at the upstream. The asterisk stands for the server as a whole, so for itself. */
  public String before(RequestTarget target) {
    return target.path().equals("*") ? "*" : text + target.forwarded();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Prefix prefix && text.equals(prefix.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
