package dev.corsac.doctor.har;

import dev.corsac.browser.Headers;
import dev.corsac.browser.Transport;
import dev.corsac.browser.WireRequest;
import dev.corsac.browser.WireResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers the requests of one replay with what was recorded. */
final class HarTransport implements Transport {
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  private final HarIndex index;
  private final HarEntry start;
  private final HarPage page;
  private final Set<Integer> used = new HashSet<>();
  private int last;
  private boolean incomplete;

  HarTransport(HarIndex index, HarEntry start, HarPage page) {
    this.index = index;
    this.start = start;
    this.page = page;
    this.last = start.index() - 1;
  }

  /** Whether a response was needed that was not recorded: the replay says nothing then. */
  boolean isIncomplete() {
    return incomplete;
  }

  Set<Integer> used() {
    return used;
  }

  @Override
  public WireResponse send(WireRequest request) throws IOException {
    if (request.isPreflight()) {
      return preflight(request);
    }
    Optional<HarEntry> entry = actual(request);
    if (entry.isEmpty() || start.isPreflight()) {
      throw missing(request);
    }
    last = entry.get().index();
    return answer(entry.get(), request);
  }

  /** The entry that was to be replayed, and then where its redirects led. */
  private Optional<HarEntry> actual(WireRequest request) {
    return last < start.index() ? Optional.of(start) : index.after(last, request.url());
  }

  private WireResponse preflight(WireRequest request) throws IOException {
    String method = request.headers().get("Access-Control-Request-Method");
    Optional<HarEntry> entry =
        start.isPreflight()
            ? Optional.of(start)
            : index.preflightOf(request.url(), method == null ? "" : method, last + 1);
    if (entry.isPresent()) {
      return answer(entry.get(), request);
    }
    // A response to the request itself means that the preflight passed, or was remembered.
    if (actual(request).filter(each -> each.status() != 0).isEmpty()) {
      throw missing(request);
    }
    String headers = request.headers().get("Access-Control-Request-Headers");
    String origin = request.headers().get("Origin");
    return WireResponse.of(
        204,
        "Access-Control-Allow-Origin",
        origin == null ? "*" : origin,
        "Access-Control-Allow-Credentials",
        "true",
        "Access-Control-Allow-Methods",
        method == null ? "GET" : method,
        "Access-Control-Allow-Headers",
        headers == null ? "" : headers);
  }

  private WireResponse answer(HarEntry entry, WireRequest request) throws IOException {
    if (entry.status() < 100) {
      throw missing(request);
    }
    used.add(entry.index());
    Headers headers = entry.response();
    if (headers.values(ALLOW_ORIGIN).equals(List.of(page.origin()))) {
      headers = headers.without(ALLOW_ORIGIN).with(ALLOW_ORIGIN, page.page().origin());
    }
    return WireResponse.of(entry.status(), headers);
  }

  private IOException missing(WireRequest request) {
    incomplete = true;
    return new IOException("No response to " + request + " was recorded.");
  }
}
