package dev.corsac.doctor.audit;

import dev.corsac.Origin;
import dev.corsac.browser.Header;
import dev.corsac.browser.Headers;
import dev.corsac.browser.Transport;
import dev.corsac.browser.WireRequest;
import dev.corsac.browser.http.HttpTransport;
import dev.corsac.doctor.problem.Hosts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Probes a running server for CORS policies that let the wrong ones in: sends what pages of odd
 * origins would send, and looks at the responses' headers.
 *
 * <pre>{@code
 * AuditReport report =
 *     Audit.builder("https://api.example.com/data")
 *         .origin("https://app.example.com")     // should be allowed: its look-alikes should not
 *         .credentials("Cookie", "sid=…")        // to see the response of a signed-in user
 *         .build()
 *         .run();
 * }</pre>
 *
 * <p>Only GET and OPTIONS are sent, unless another method is asked for. Nothing is followed, no
 * body is read, no more is sent than the rate allows, and a server that does not answer is left
 * alone soon. Audit only what you are allowed to test. Immutable and thread-safe.
 */
public final class Audit {
  private static final double MAX_RATE = 1000;
  private static final double MIN_RATE = 0.1;

  private final WireRequest target;
  private final List<Origin> origins;
  private final List<Header> headers;
  private final boolean credentials;
  private final double rate;
  private final Transport transport;
  private final LongSupplier nanoTime;
  private final RateLimit.Sleeper sleeper;

  private Audit(Builder builder, WireRequest target, List<Origin> origins) {
    this.target = target;
    this.origins = List.copyOf(origins);
    this.headers = List.copyOf(builder.headers);
    this.credentials = builder.credentials;
    this.rate = builder.rate;
    this.transport = builder.transport;
    this.nanoTime = builder.nanoTime;
    this.sleeper = builder.sleeper;
  }

  /** Begins to describe an audit of this http or https URL. */
  public static Builder builder(String url) {
    return new Builder(url);
  }

  /** The URL, without user name, password and fragment. */
  public String url() {
    return target.url();
  }

  /** Whether the URL's host is this machine by its name, so that nobody else's server is asked. */
  public boolean isLocal() {
    return Hosts.isLoopback(target);
  }

  /**
   * Runs it, one request after the other: some hundred for each origin.
   *
   * @throws IOException if the server does not answer at all. If it ceases to answer, {@link
   *     AuditReport#stopped} says so
   * @throws InterruptedException if the thread was interrupted between two requests
   */
  public AuditReport run() throws IOException, InterruptedException {
    RateLimit pace = new RateLimit(rate, nanoTime, sleeper);
    Prober prober = new Prober(transport, pace, target.method(), target.url(), headers);
    return new AuditRun(target, origins, credentials, prober, new AuditFindings(headers)).report();
  }

  /**
   * Describes an audit. Not thread-safe.
   *
   * <pre>
   * permitted    origin("https://app.example.com"), header("X-Tenant", "7"), rate(0.5)
   * prohibited   origin("https://app.example.com/") (a path), method("TRACE"), header("Origin", …), rate(0)
   * </pre>
   */
  public static final class Builder {
    /** The audit's own: it could not tell what a response is about if they were others'. */
    private static final Set<String> RESERVED =
        Set.of(
            "origin",
            "referer",
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "access-control-request-method",
            "access-control-request-headers");

    private final String url;
    private final List<String> origins = new ArrayList<>();
    private final List<Header> headers = new ArrayList<>();
    private String method = "GET";
    private boolean credentials;
    private double rate = 10;
    private Transport transport = HttpTransport.create().maxBody(0);
    private LongSupplier nanoTime = System::nanoTime;
    private RateLimit.Sleeper sleeper = duration -> Thread.sleep(duration.toMillis() + 1);

    private Builder(String url) {
      this.url = url;
    }

    /**
     * An origin that the server should allow. Without any, the audit tries the server's own site
     * and what its responses name.
     */
    public Builder origin(String origin) {
      origins.add(origin);
      return this;
    }

    /** The method of the requests that are no preflights. Default: GET, which changes nothing. */
    public Builder method(String newMethod) {
      method = newMethod;
      return this;
    }

    /** A header that pages would add: on requests, not on preflights. Its value is not reported. */
    public Builder header(String name, String value) {
      headers.add(new Header(name, value));
      return this;
    }

    /**
     * Cookie or Authorization of a signed-in user: like {@link #header}, and one request goes
     * without, for comparison.
     */
    public Builder credentials(String name, String value) {
      credentials = true;
      return header(name, value);
    }

    /** The most requests a second, from 0.1 to 1000. Default: 10. */
    public Builder rate(double perSecond) {
      rate = perSecond;
      return this;
    }

    /** How requests are sent. Default: {@link HttpTransport} with its timeout of 10 s. */
    public Builder transport(Transport newTransport) {
      transport = newTransport;
      return this;
    }

    Builder clock(LongSupplier newNanoTime, RateLimit.Sleeper newSleeper) {
      nanoTime = newNanoTime;
      sleeper = newSleeper;
      return this;
    }

    /**
     * Makes the audit.
     *
     * @throws IllegalArgumentException if something in it is wrong; the message says everything
     *     that is, and what to write
     */
    public Audit build() {
      List<String> wrong = new ArrayList<>();
      List<Origin> parsed = new ArrayList<>();
      WireRequest target = null;
      try {
        target = WireRequest.of(method, url, Headers.of(headers));
      } catch (IllegalArgumentException e) {
        wrong.add(e.getMessage());
      }
      for (String origin : origins) {
        try {
          parsed.add(Origin.parse(origin));
        } catch (IllegalArgumentException e) {
          wrong.add(e.getMessage());
        }
      }
      check(wrong);
      if (target == null || !wrong.isEmpty()) {
        throw new IllegalArgumentException(String.join("\n", wrong));
      }
      return new Audit(this, target, parsed);
    }

    private void check(List<String> wrong) {
      if (Set.of("CONNECT", "TRACE", "TRACK", "OPTIONS")
          .contains(method.toUpperCase(Locale.ROOT))) {
        wrong.add("No page sends a request of its own with " + method + ". Write GET, or another.");
      }
      for (Header header : headers) {
        if (RESERVED.contains(header.name().toLowerCase(Locale.ROOT))) {
          wrong.add(header.name() + " is what the audit itself sends. Leave it out.");
        }
      }
      if (!(rate >= MIN_RATE && rate <= MAX_RATE)) {
        wrong.add(rate + " is not a rate. Give " + MIN_RATE + " to 1000 requests a second.");
      }
    }
  }
}
