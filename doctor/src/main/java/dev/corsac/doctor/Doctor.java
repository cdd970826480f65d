package dev.corsac.doctor;

import dev.corsac.PublicSuffixes;
import dev.corsac.browser.Browser;
import dev.corsac.browser.Engine;
import dev.corsac.browser.Headers;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.Transport;
import dev.corsac.browser.http.HttpTransport;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Does what a browser would do with a page's request, over the real network, and says why the page
 * cannot read the response.
 *
 * <pre>{@code
 * Diagnosis diagnosis =
 *     Doctor.create()
 *         .examine(Page.of("https://app.example.com"), PageRequest.fetch("https://api.example.com/data"));
 * }</pre>
 *
 * <p>The doctor sends what the browser would send, once. Where a cache may have changed the header
 * that decides, it sends one more {@code GET} of the same URL; where CORS headers are the matter,
 * one more preflight, which Corsac's gateway refuses in its own words. The transport bounds what a
 * hostile server can do. Immutable and thread-safe if its transport is.
 */
public final class Doctor {
  static final List<Engine> BROWSERS = List.of(Engine.CHROMIUM, Engine.FIREFOX, Engine.WEBKIT);

  private final Engine engine;
  private final Transport transport;
  private final List<String> cookies;
  private final List<String> reads;

  private Doctor(Engine engine, Transport transport, List<String> cookies, List<String> reads) {
    this.engine = engine;
    this.transport = transport;
    this.cookies = cookies;
    this.reads = reads;
  }

  /** A doctor that sends real HTTP and judges as Chromium does. */
  public static Doctor create() {
    return new Doctor(Engine.CHROMIUM, HttpTransport.create(), List.of(), List.of());
  }

  /** This doctor with the verdict of another browser. */
  public Doctor engine(Engine newEngine) {
    return new Doctor(Objects.requireNonNull(newEngine, "newEngine"), transport, cookies, reads);
  }

  /** This doctor with another transport. */
  public Doctor transport(Transport newTransport) {
    return new Doctor(engine, Objects.requireNonNull(newTransport, "newTransport"), cookies, reads);
  }

  /**
   * One more cookie that the browser has for the URL: a {@code Set-Cookie} value with its
   * attributes, such as {@code session=1; SameSite=Lax}.
   */
  public Doctor cookie(String setCookie) {
    List<String> more = new ArrayList<>(cookies);
    more.add(Objects.requireNonNull(setCookie, "setCookie"));
    return new Doctor(engine, transport, List.copyOf(more), reads);
  }

  /** One more response header that the page's JavaScript reads, and needs to be exposed. */
  public Doctor reads(String header) {
    List<String> more = new ArrayList<>(reads);
    more.add(Objects.requireNonNull(header, "header"));
    return new Doctor(engine, transport, cookies, List.copyOf(more));
  }

  /**
   * Loads a page, so that its policies are known: {@code Content-Security-Policy}, as a header and
   * as a {@code meta} element, and {@code Cross-Origin-Embedder-Policy}.
   *
   * @param page the environment whose document the URL is
   * @return the page with these headers, or empty if it cannot be loaded
   */
  public Optional<Page> visit(Page page, String url) {
    Outcome outcome =
        browser(engine, BrowserHeaders.navigation(engine, transport))
            .load(page, PageRequest.fetch(url));
    if (!(outcome instanceof Outcome.Readable readable)) {
      return Optional.empty();
    }
    Headers headers = Headers.of();
    for (Map.Entry<String, String> header : readable.headers().entrySet()) {
      headers = headers.with(header.getKey(), header.getValue());
    }
    for (Element meta : Jsoup.parse(readable.body()).select("meta[http-equiv]")) {
      if (meta.attr("http-equiv").equalsIgnoreCase(PagePolicy.CSP)) {
        headers = headers.with(PagePolicy.CSP, meta.attr("content"));
      }
    }
    return Optional.of(page.withHeaders(headers));
  }

  /** Sends a page's request as a browser would, and finds why the page cannot read the response. */
  public Diagnosis examine(Page page, PageRequest request) {
    Optional<ProblemCase> forbidden = PagePolicy.forbids(page, request);
    if (forbidden.isEmpty() && WebSocketHandshake.isAskedFor(request.url())) {
      return new WebSocketHandshake(engine, page, request).diagnosis(transport, cookies);
    }
    if (forbidden.isPresent()) {
      return new Diagnosis(
          engine,
          page,
          request,
          Verdict.BLOCKED,
          forbidden.get(),
          null,
          null,
          Map.of(),
          List.of(),
          Clues.of(page, request, reads, List.of()));
    }
    Transport asBrowser = BrowserHeaders.of(engine, page, request, transport);
    RecordingTransport recording = new RecordingTransport(asBrowser);
    Outcome outcome = load(engine, recording, page, request);
    Map<Engine, Diagnosis.InEngine> engines = new EnumMap<>(Engine.class);
    for (Engine each : BROWSERS) {
      Outcome other = each == engine ? outcome : load(each, recording.replay(), page, request);
      engines.put(each, inEngine(each, other, outcome));
    }
    return new Examination(page, request, asBrowser, cookies, reads, outcome)
        .diagnosis(engine, engines);
  }

  private Outcome load(Engine which, Transport way, Page page, PageRequest request) {
    Browser browser = browser(which, way);
    cookies.forEach(cookie -> browser.cookies().set(request.url(), cookie));
    return browser.load(page, request);
  }

  private static Browser browser(Engine engine, Transport transport) {
    return Browser.builder(engine, transport)
        .registrableDomain(PublicSuffixes::registrableDomain)
        .build();
  }

  private static Diagnosis.InEngine inEngine(Engine engine, Outcome own, Outcome recorded) {
    boolean notRecorded =
        own.transcript().stream().anyMatch(exchange -> exchange.failure() != null)
            && recorded.transcript().stream().noneMatch(exchange -> exchange.failure() != null);
    Outcome outcome = notRecorded ? recorded : own;
    return new Diagnosis.InEngine(outcome.isReadable(), consoleLine(engine, outcome));
  }

  private static @Nullable String consoleLine(Engine engine, Outcome outcome) {
    if (!(outcome instanceof Outcome.Blocked blocked)) {
      return null;
    }
    String line = blocked.error().consoleLine(engine);
    String error = engine == Engine.CHROMIUM ? netError(ProblemCase.of(blocked).problem()) : null;
    return line == null && error != null ? "Failed to load resource: " + error : line;
  }

  /** Chromium's name for a failure of the network. */
  private static @Nullable String netError(Problem problem) {
    return switch (problem) {
      case NAME_NOT_RESOLVED -> "net::ERR_NAME_NOT_RESOLVED";
      case CONNECTION_REFUSED -> "net::ERR_CONNECTION_REFUSED";
      case CERTIFICATE -> "net::ERR_CERT_AUTHORITY_INVALID";
      case CLIENT_CERTIFICATE -> "net::ERR_BAD_SSL_CLIENT_AUTH_CERT";
      case TLS -> "net::ERR_SSL_PROTOCOL_ERROR";
      case TIMEOUT -> "net::ERR_TIMED_OUT";
      case CONNECTION_CLOSED -> "net::ERR_EMPTY_RESPONSE";
      case MALFORMED_RESPONSE -> "net::ERR_INVALID_HTTP_RESPONSE";
      case BAD_PORT -> "net::ERR_UNSAFE_PORT";
      case REDIRECT_LOOP -> "net::ERR_TOO_MANY_REDIRECTS";
      case REDIRECT_LOCATION -> "net::ERR_INVALID_REDIRECT";
      case RESOURCE_POLICY -> "net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin";
      default -> null;
    };
  }
}
