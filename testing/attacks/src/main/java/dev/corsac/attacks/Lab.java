package dev.corsac.attacks;

import dev.corsac.attacks.Expected.Forwarded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * An upstream, a proxy before it, and innocents. One attack at a time: what reaches the upstream is
 * laid to the attack that is on.
 */
final class Lab implements AutoCloseable {
  private final Upstream upstream;
  private final Proxy proxy;
  private final Innocents innocents;

  Lab(Upstream upstream, IntFunction<? extends Proxy> proxy) {
    this.upstream = upstream;
    this.proxy = proxy.apply(upstream.port());
    this.innocents = new Innocents(this.proxy.port(), this.proxy.http2());
  }

  static Lab ofGateway() {
    return new Lab(new RecordingUpstream(), GatewayInProcess::new);
  }

  Upstream upstream() {
    return upstream;
  }

  boolean http2() {
    return proxy.http2();
  }

  int port() {
    return proxy.port();
  }

  RecordingUpstream recording() {
    return (RecordingUpstream) upstream;
  }

  Innocents innocents() {
    return innocents;
  }

  List<Seen> seen() throws IOException {
    return upstream.seen();
  }

  /**
   * What is wrong whatever was attempted: with the upstream's bytes and the innocents' responses.
   */
  List<String> damage() throws IOException {
    List<String> wrong = new ArrayList<>(innocents.ask());
    upstream.complaints().forEach(complaint -> wrong.add("the upstream: " + complaint));
    return wrong;
  }

  /**
   * Compares what the upstream saw with what it was to see.
   *
   * @param refused whether all was refused, so that it was to see nothing
   */
  List<String> compare(Expected expected, boolean refused, Map<String, String> names)
      throws IOException {
    List<Forwarded> right =
        refused
            ? List.of()
            : expected.forwarded().stream()
                .map(
                    each ->
                        new Forwarded(
                            each.method(),
                            Template.fill(each.target(), names),
                            Template.fill(each.body(), names)))
                .toList();
    List<Forwarded> seen =
        upstream.seen().stream()
            .map(Seen::request)
            .map(each -> new Forwarded(each.method(), each.target(), each.body()))
            .toList();
    if (seen.equals(right)) {
      return List.of();
    }
    return List.of(
        "the upstream saw " + Text.quote(seen + "") + " instead of " + Text.quote(right + ""));
  }

  @Override
  public void close() {
    innocents.close();
    proxy.close();
    upstream.close();
  }
}
