package dev.corsac.browser;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** placeholder. */
public final class Browser {
  private final Engine engine;
  private final Transport transport;
  private final Sites sites;
  private final CookieJar cookies;
  private final PreflightCache preflightCache;

  Browser(Engine engine, Transport transport, UnaryOperator<String> registrableDomain, Clock clock) {
    this.engine = engine;
    this.transport = transport;
    this.sites = new Sites(registrableDomain);
    this.cookies = new CookieJar(sites, clock);
    this.preflightCache = PreflightCache.of(engine, clock);
  }

  public Engine engine() { return engine; }
  Transport transport() { return transport; }
  Sites sites() { return sites; }
  public CookieJar cookies() { return cookies; }
  PreflightCache preflightCache() { return preflightCache; }

  public Outcome load(Page page, PageRequest call) {
    Request request;
    try {
      request = RequestSetup.of(engine, page, call);
    } catch (InvalidCallException invalid) {
      return new Outcome.Thrown(invalid.name(), Objects.requireNonNull(invalid.getMessage()), List.of(), List.of());
    }
    Fetch fetch = new Fetch(this);
    Response response = fetch.mainFetch(request);
    Block block = response.block();
    if (block != null) return new Outcome.Blocked(block, fetch.warnings(), fetch.transcript());
    return new Outcome.Loaded(response, request.urlList.size() > 1 && response.filter() != ResponseType.OPAQUE, fetch.warnings(), fetch.transcript());
  }
}
