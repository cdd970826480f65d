package dev.corsac.browser;

import java.time.Clock;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A browser: an {@link Engine}, its cookies, what it remembers of preflights, and the way to its
 * servers.
 *
 * <pre>{@code
 * Browser browser = Browser.chromium(transport);
 * browser
 *     .load(Page.of("https://app.example.com"), PageRequest.fetch("https://api.example.com/data"))
 *     .assertReadable();
 * }</pre>
 *
 * <p>One request at a time: not thread-safe, make one per test. It says what the Fetch standard's
 * CORS protocol makes of a request; Content Security Policy, service workers, the HTTP cache,
 * opaque response blocking and local network access are not modelled.
 * https://fetch.spec.whatwg.org/.
 */
public final class Browser {
  private final Engine engine;
  private final Transport transport;
  private final Sites sites;
  private final CookieJar cookies;
  private final PreflightCache preflightCache;

  private Browser(Builder builder) {
    engine = builder.engine;
    transport = builder.transport;
    sites = new Sites(builder.registrableDomain);
    cookies = new CookieJar(engine, sites, builder.clock);
    preflightCache = PreflightCache.of(engine, builder.clock);
  }

  /** The Fetch standard as a browser. */
  public static Browser standard(Transport transport) {
    return builder(Engine.STANDARD, transport).build();
  }

  /** Chromium. */
  public static Browser chromium(Transport transport) {
    return builder(Engine.CHROMIUM, transport).build();
  }

  /** Firefox. */
  public static Browser firefox(Transport transport) {
    return builder(Engine.FIREFOX, transport).build();
  }

  /** WebKit. */
  public static Browser webkit(Transport transport) {
    return builder(Engine.WEBKIT, transport).build();
  }

  /** A builder, for a clock or a public-suffix list of your own. */
  public static Builder builder(Engine engine, Transport transport) {
    return new Builder(engine, transport);
  }

  /** Does what the engine does when the page makes this request. */
  public Outcome load(Page page, PageRequest call) {
    Objects.requireNonNull(page, "page");
    Request request;
    try {
      request = RequestSetup.of(engine, page, call);
    } catch (InvalidCallException invalid) {
      return Outcome.thrown(engine, page, call, invalid);
    }
    Fetch fetch = new Fetch(this);
    Response response = fetch.mainFetch(request);
    return Outcome.of(engine, page, call, fetch, response, request.urlList.size() > 1);
  }

  /** The engine. */
  public Engine engine() {
    return engine;
  }

  /** The cookies. */
  public CookieJar cookies() {
    return cookies;
  }

  /** Forgets every preflight. */
  public void clearPreflightCache() {
    preflightCache.clear();
  }

  Transport transport() {
    return transport;
  }

  Sites sites() {
    return sites;
  }

  PreflightCache preflightCache() {
    return preflightCache;
  }

  /** Builds a {@link Browser}. Not thread-safe. */
  public static final class Builder {
    private final Engine engine;
    private final Transport transport;
    private UnaryOperator<String> registrableDomain = Sites::lastTwoLabels;
    private Clock clock = Clock.systemUTC();

    private Builder(Engine engine, Transport transport) {
      this.engine = Objects.requireNonNull(engine, "engine");
      this.transport = Objects.requireNonNull(transport, "transport");
    }

    /**
     * Which site a host belongs to: its registrable domain. Without it a site is the last two
     * labels, which is wrong for {@code example.co.uk}: give a function that knows the
     * public-suffix list.
     */
    public Builder registrableDomain(UnaryOperator<String> function) {
      registrableDomain = Objects.requireNonNull(function, "function");
      return this;
    }

    /** The clock by which cookies and remembered preflights expire. */
    public Builder clock(Clock newClock) {
      clock = Objects.requireNonNull(newClock, "newClock");
      return this;
    }

    /** The browser, with no cookies and nothing remembered. */
    public Browser build() {
      return new Browser(this);
    }
  }
}
