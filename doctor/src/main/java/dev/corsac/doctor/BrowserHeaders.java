package dev.corsac.doctor;

import dev.corsac.Origin;
import dev.corsac.browser.Engine;
import dev.corsac.browser.Headers;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.Transport;
import dev.corsac.browser.WireRequest;
import java.util.Objects;

/**
 * Adds what every browser sends with a request and no rule of CORS is about: {@code User-Agent},
 * {@code Accept-Language}, {@code Sec-Fetch-*} and {@code Referer}. Servers answer differently
 * without.
 */
final class BrowserHeaders {
  private BrowserHeaders() {}

  /** For the requests of a page's JavaScript, preflights included. */
  static Transport of(Engine engine, Page page, PageRequest request, Transport transport) {
    return sent ->
        transport.send(
            with(
                sent,
                engine,
                page.origin(),
                request.mode().equals("no-cors") && !sent.isPreflight() ? "no-cors" : "cors",
                "empty"));
  }

  /** For the handshake of a WebSocket. */
  static Transport webSocket(Engine engine, Page page, Transport transport) {
    return sent -> transport.send(with(sent, engine, page.origin(), "websocket", "websocket"));
  }

  /** For the page itself, as if its address were typed. */
  static Transport navigation(Engine engine, Transport transport) {
    return sent -> transport.send(with(sent, engine, "", "navigate", "document"));
  }

  private static WireRequest with(
      WireRequest sent, Engine engine, String page, String mode, String destination) {
    Headers headers = sent.headers();
    if (!headers.contains("User-Agent")) {
      headers = headers.with("User-Agent", userAgent(engine));
    }
    if (!headers.contains("Accept-Language")) {
      headers = headers.with("Accept-Language", "en-US,en;q=0.9");
    }
    if (page.startsWith("http") && !isDowngrade(page, sent)) {
      headers = headers.with("Referer", page + "/");
    }
    if (isTrustworthy(sent)) {
      headers =
          headers
              .with("Sec-Fetch-Site", page.isEmpty() ? "none" : site(page, sent))
              .with("Sec-Fetch-Mode", mode)
              .with("Sec-Fetch-Dest", destination);
    }
    return sent.withHeaders(headers);
  }

  private static boolean isDowngrade(String page, WireRequest sent) {
    return page.startsWith("https:") && !sent.scheme().equals("https");
  }

  /** Secure Contexts, 3.1: others get no Sec-Fetch-Site. */
  private static boolean isTrustworthy(WireRequest sent) {
    return sent.scheme().equals("https")
        || Origin.tryParse(sent.origin()).map(Origin::isLoopback).orElse(false);
  }

  private static String site(String page, WireRequest sent) {
    if (page.equals(sent.origin())) {
      return "same-origin";
    }
    boolean same =
        Origin.tryParse(page)
            .map(Origin::site)
            .flatMap(own -> Origin.tryParse(sent.origin()).map(Origin::site).filter(own::equals))
            .isPresent();
    return same ? "same-site" : "cross-site";
  }

  static String userAgent(Engine engine) {
    return Objects.requireNonNull(
        switch (engine) {
          case STANDARD, CHROMIUM ->
              "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
                  + " Chrome/156.0.0.0 Safari/537.36";
          case FIREFOX -> "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0";
          case WEBKIT ->
              "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15"
                  + " (KHTML, like Gecko) Version/26.0 Safari/605.1.15";
        });
  }
}
