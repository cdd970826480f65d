package dev.corsac.doctor;

import dev.corsac.browser.Engine;
import dev.corsac.browser.Exchange;
import dev.corsac.browser.Headers;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.Transport;
import dev.corsac.browser.WireRequest;
import dev.corsac.browser.WireResponse;
import dev.corsac.doctor.problem.Fact;
import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.Hosts;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Opens a WebSocket as a page would, as far as the server's response to the handshake
 * (https://websockets.spec.whatwg.org/#websocket-opening-handshake). CORS has no part in it: the
 * server sees the page's Origin and decides.
 */
final class WebSocketHandshake {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SWITCHING_PROTOCOLS = 101;

  private final Engine engine;
  private final Page page;
  private final PageRequest request;

  WebSocketHandshake(Engine engine, Page page, PageRequest request) {
    this.engine = engine;
    this.page = page;
    this.request = request;
  }

  /** Whether a URL is for WebSockets. */
  static boolean isAskedFor(String url) {
    return url.regionMatches(true, 0, "ws:", 0, 3) || url.regionMatches(true, 0, "wss:", 0, 4);
  }

  Diagnosis diagnosis(Transport transport, List<String> cookies) {
    WireRequest sent;
    try {
      sent = WireRequest.of("GET", httpUrl(), headers(cookies));
    } catch (IllegalArgumentException noUrl) {
      return diagnosis(
          ProblemCase.seen(
              Problem.INVALID_CALL,
              Facts.of(Fact.ERROR, "SyntaxError")
                  .with(Fact.RULE, "the URL '" + request.url() + "' does not parse")),
          Verdict.BLOCKED,
          List.of(),
          null);
    }
    if (page.prohibitsMixedContent() && sent.scheme().equals("http") && !Hosts.isLoopback(sent)) {
      return diagnosis(
          ProblemCase.seen(Problem.MIXED_CONTENT, facts()), Verdict.BLOCKED, List.of(), null);
    }
    Exchange exchange = Exchange.of(BrowserHeaders.webSocket(engine, page, transport), sent);
    WireResponse response = exchange.response();
    if (response == null) {
      return diagnosis(
          ProblemCase.seen(
              Problem.ofFailure(exchange.failureReason()),
              facts().with(Fact.FAILURE, exchange.failure())),
          Verdict.UNREACHABLE,
          List.of(exchange),
          null);
    }
    if (response.status() == SWITCHING_PROTOCOLS) {
      return diagnosis(null, Verdict.READABLE, List.of(exchange), null);
    }
    return diagnosis(
        ProblemCase.seen(
            Problem.WEBSOCKET_REFUSED,
            facts().with(Fact.STATUS, String.valueOf(response.status()))),
        Verdict.BLOCKED,
        List.of(exchange),
        new DecidingHeader(0, ""));
  }

  private Facts facts() {
    return Facts.of(Fact.URL, request.url()).with(Fact.ORIGIN, page.origin());
  }

  private Diagnosis diagnosis(
      @Nullable ProblemCase cause,
      Verdict verdict,
      List<Exchange> exchanges,
      @Nullable DecidingHeader deciding) {
    Map<Engine, Diagnosis.InEngine> engines = new EnumMap<>(Engine.class);
    for (Engine each : Doctor.BROWSERS) {
      engines.put(each, new Diagnosis.InEngine(verdict == Verdict.READABLE, null));
    }
    return new Diagnosis(
        engine,
        page,
        request,
        verdict,
        cause,
        null,
        deciding,
        engines,
        List.of(),
        Clues.of(page, request, List.of(), exchanges));
  }

  private String httpUrl() {
    return request.url().replaceFirst("(?i)^ws", "http");
  }

  private Headers headers(List<String> cookies) {
    byte[] key = new byte[16];
    RANDOM.nextBytes(key);
    Headers headers =
        Headers.of(
            "Connection", "Upgrade",
            "Upgrade", "websocket",
            "Origin", page.origin(),
            "Sec-WebSocket-Version", "13",
            "Sec-WebSocket-Key", Base64.getEncoder().encodeToString(key));
    String sent =
        cookies.stream()
            .map(cookie -> cookie.split(";", 2)[0].strip())
            .collect(Collectors.joining("; "));
    return sent.isEmpty() ? headers : headers.with("Cookie", sent);
  }
}
