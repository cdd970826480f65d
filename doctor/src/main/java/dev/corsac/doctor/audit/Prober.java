package dev.corsac.doctor.audit;

import dev.corsac.browser.Header;
import dev.corsac.browser.Headers;
import dev.corsac.browser.Transport;
import dev.corsac.browser.WireRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sends the requests of one audit, one after the other, at its limit. */
final class Prober {
  /** A server that leaves so many requests without a response is left alone. */
  static final int MAX_UNANSWERED = 5;

  private static final Headers OWN = Headers.of("Accept", "*/*", "User-Agent", "corsac-audit");

  private final Transport transport;
  private final RateLimit limit;
  private final String method;
  private final String url;
  private final List<Header> headers;
  private final Map<String, ProbeResult> byOrigin = new HashMap<>();
  private final List<ProbeResult> all = new ArrayList<>();
  private int unanswered;
  private int fresh;
  private boolean bypassCache;

  Prober(Transport transport, RateLimit limit, String method, String url, List<Header> headers) {
    this.transport = transport;
    this.limit = limit;
    this.method = method;
    this.url = url;
    this.headers = headers;
  }

  /** Without Origin, and without the user's headers. */
  ProbeResult anonymous() throws IOException, InterruptedException {
    return send(method, address(), uncached(OWN));
  }

  ProbeResult withoutOrigin() throws IOException, InterruptedException {
    return actual(OWN);
  }

  /** The response for an origin, asked for once. */
  ProbeResult from(String origin) throws IOException, InterruptedException {
    ProbeResult known = byOrigin.get(origin);
    return known == null ? again(origin) : known;
  }

  /** The response for an origin, asked for once more. */
  ProbeResult again(String origin) throws IOException, InterruptedException {
    Headers asked = OWN.with("Origin", origin);
    ProbeResult answer = actual(asked);
    if (answer.isFromCache() && !bypassCache) {
      // What counts is what the server says by itself.
      bypassCache = true;
      answer = actual(asked);
    }
    byOrigin.put(origin, answer);
    return answer;
  }

  /** With a Referer of that origin, as browsers send it. */
  ProbeResult withReferer(String origin) throws IOException, InterruptedException {
    return actual(OWN.with("Origin", origin).with("Referer", origin + "/"));
  }

  /** At a path of the same server that is hardly there. */
  ProbeResult notFound(String origin) throws IOException, InterruptedException {
    WireRequest own = WireRequest.of(method, url, Headers.of());
    String missing = own.origin() + "/corsac-audit-not-found";
    return send("GET", missing, uncached(withUsers(OWN.with("Origin", origin))));
  }

  /** At a URL from {@link #freshUrl}, where a cache may keep the response. */
  ProbeResult cached(String freshUrl, String origin) throws IOException, InterruptedException {
    return send(method, freshUrl, withUsers(OWN.with("Origin", origin)));
  }

  /** Browsers send neither credentials nor the page's headers with a preflight. */
  ProbeResult preflight(String origin, String asked, String... more)
      throws IOException, InterruptedException {
    Headers preflight = OWN.with("Origin", origin).with("Access-Control-Request-Method", asked);
    for (int i = 0; i < more.length; i += 2) {
      preflight = preflight.with(more[i], more[i + 1]);
    }
    return send("OPTIONS", address(), preflight);
  }

  /** OPTIONS without Origin is no preflight. */
  ProbeResult options() throws IOException, InterruptedException {
    return send("OPTIONS", address(), OWN);
  }

  /** The URL with a query that no cache has seen, so that nobody else is given what it keeps. */
  String freshUrl() {
    fresh++;
    String unique = Long.toHexString(System.nanoTime()) + "-" + fresh;
    return url + (url.indexOf('?') < 0 ? "?" : "&") + "corsac-audit=" + unique;
  }

  String method() {
    return method;
  }

  /** Everything asked so far, whether answered or not. */
  List<ProbeResult> all() {
    return List.copyOf(all);
  }

  private String address() {
    return bypassCache ? freshUrl() : url;
  }

  private ProbeResult actual(Headers own) throws IOException, InterruptedException {
    return send(method, address(), uncached(withUsers(own)));
  }

  /** A cache that heeds it neither answers for the server nor keeps what was asked here. */
  private static Headers uncached(Headers own) {
    return own.contains("Cache-Control") ? own : own.with("Cache-Control", "no-store");
  }

  private Headers withUsers(Headers own) {
    Headers merged = own;
    for (Header header : headers) {
      merged = merged.without(header.name());
    }
    for (Header header : headers) {
      merged = merged.with(header.name(), header.value());
    }
    return merged;
  }

  private ProbeResult send(String sentMethod, String sentUrl, Headers sent)
      throws IOException, InterruptedException {
    WireRequest request = WireRequest.of(sentMethod, sentUrl, sent);
    limit.await();
    ProbeResult answer;
    try {
      answer = new ProbeResult(request, transport.send(request));
    } catch (IOException none) {
      unanswered++;
      if (all.isEmpty() || unanswered >= MAX_UNANSWERED) {
        throw none;
      }
      answer = new ProbeResult(request, null);
    }
    all.add(answer);
    return answer;
  }
}
