package dev.corsac.attacks.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * An upstream, a proxy before it, and innocents. One attack at a time: what reaches the upstream is
 * laid to the attack that is on.
 */
public final class Lab implements AutoCloseable {
  private final Upstream upstream;
  private final Proxy proxy;
  private final Innocents innocents;

  public Lab(Upstream upstream, IntFunction<? extends Proxy> proxy) {
    this.upstream = upstream;
    this.proxy = proxy.apply(upstream.port());
    this.innocents = new Innocents(this.proxy.port(), this.proxy.http2());
  }

  public static Lab ofGateway() {
    return new Lab(new RecordingUpstream(), GatewayInProcess::new);
  }

  public Upstream upstream() {
    return upstream;
  }

  public boolean http2() {
    return proxy.http2();
  }

  public int port() {
    return proxy.port();
  }

  public RecordingUpstream recording() {
    return (RecordingUpstream) upstream;
  }

  public List<Seen> seen() throws IOException {
    return upstream.seen();
  }

  /**
   * What is wrong whatever was attempted: with the upstream's bytes and the innocents' responses.
   */
  public List<String> damage() throws IOException {
    List<String> wrong = new ArrayList<>(innocents.ask());
    upstream.complaints().forEach(complaint -> wrong.add("the upstream: " + complaint));
    return wrong;
  }

  @Override
  public void close() {
    innocents.close();
    proxy.close();
    upstream.close();
  }
}
