package dev.corsac.doctor;

import dev.corsac.Origin;
import dev.corsac.browser.Browser;
import dev.corsac.browser.Engine;
import dev.corsac.browser.Exchange;
import dev.corsac.browser.Headers;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.RedirectMode;
import dev.corsac.browser.ResponseType;
import dev.corsac.browser.Transport;
import dev.corsac.browser.WireRequest;
import dev.corsac.browser.WireResponse;
import dev.corsac.doctor.problem.Fact;
import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.Hosts;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Diagnosis} of the outcome of one request. */
final class Examination {
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  private final Page page;
  private final PageRequest request;
  private final Transport transport;
  private final List<String> cookies;
  private final List<String> reads;
  private final Outcome outcome;

  Examination(
      Page page,
      PageRequest request,
      Transport transport,
      List<String> cookies,
      List<String> reads,
      Outcome outcome) {
    this.page = page;
    this.request = request;
    this.transport = transport;
    this.cookies = cookies;
    this.reads = reads;
    this.outcome = outcome;
  }

  Diagnosis diagnosis(Engine engine, Map<Engine, Diagnosis.InEngine> engines) {
    if (outcome instanceof Outcome.Readable readable) {
      List<ProblemCase> remarks = new ArrayList<>(unread(readable));
      remarks.addAll(lookAlikes(readable));
      ProblemCase first = remarks.isEmpty() ? null : remarks.remove(0);
      remarks.addAll(CostChecks.of(readable, reads));
      varyMissing(readable).ifPresent(remarks::add);
      DroppedHeaders.of(page, request, engine).ifPresent(remarks::add);
      return diagnosis(engine, Verdict.READABLE, first, null, engines, remarks);
    }
    List<ProblemCase> remarks =
        new ArrayList<>(new Cookies(page, request).notSent(cookies, outcome.transcript()));
    localNetwork().ifPresent(remarks::add);
    DroppedHeaders.of(page, request, engine).ifPresent(remarks::add);
    if (outcome instanceof Outcome.Blocked blocked) {
      ProblemCase cause = blocked(blocked);
      Verdict verdict =
          cause.problem().kind() == Problem.Kind.NETWORK ? Verdict.UNREACHABLE : Verdict.BLOCKED;
      return diagnosis(engine, verdict, cause, deciding(blocked), engines, remarks);
    }
    ProblemCase cause =
        outcome instanceof Outcome.Thrown thrown
            ? ProblemCase.seen(
                Problem.INVALID_CALL,
                Facts.of(Fact.ERROR, thrown.errorName()).with(Fact.RULE, thrown.rule()))
            : opaque();
    return diagnosis(engine, Verdict.BLOCKED, cause, null, engines, remarks);
  }

  private Diagnosis diagnosis(
      Engine engine,
      Verdict verdict,
      @Nullable ProblemCase cause,
      @Nullable DecidingHeader deciding,
      Map<Engine, Diagnosis.InEngine> engines,
      List<ProblemCase> remarks) {
    Clues clues = Clues.of(page, request, reads, outcome.transcript());
    if (cause != null && cause.problem() == Problem.PREFLIGHT_NOT_HANDLED) {
      clues = clues.withMissing(plainGet());
    }
    if (cause != null && cause.problem().kind() == Problem.Kind.CORS) {
      clues = clues.withGateway(GatewayProbe.of(page, clues.exchanges(), transport));
    }
    return new Diagnosis(
        engine, page, request, verdict, cause, outcome, deciding, engines, remarks, clues);
  }

  /** What a preflight that is not handled does not tell: whether the URL exists at all. */
  private @Nullable Exchange plainGet() {
    List<Exchange> exchanges =
        Browser.standard(transport)
            .load(page, PageRequest.fetch(request.url()).redirect(RedirectMode.MANUAL))
            .transcript();
    return exchanges.isEmpty() ? null : exchanges.get(0);
  }

  /** The headers that the page reads, if the response has one of them and does not expose it. */
  private List<ProblemCase> unread(Outcome.Readable readable) {
    Headers sent = outcome.lastResponse().map(WireResponse::headers).orElse(Headers.of());
    List<String> hidden =
        reads.stream()
            .filter(name -> sent.contains(name) && readable.header(name) == null)
            .toList();
    return hidden.isEmpty()
        ? List.of()
        : List.of(
            ProblemCase.seen(
                Problem.HEADERS_NOT_EXPOSED,
                Facts.of(
                    hidden.size() == 1 ? Fact.HEADER : Fact.HEADERS, String.join(", ", hidden))));
  }

  private ProblemCase blocked(Outcome.Blocked blocked) {
    ProblemCase cause = ProblemCase.of(blocked);
    return switch (cause.problem()) {
      case ALLOW_ORIGIN_MISMATCH, ALLOW_ORIGIN_MISSING ->
          isPlainGet() && isReadableAfresh()
              ? ProblemCase.seen(Problem.CACHED_FOR_ANOTHER_ORIGIN, cause.facts())
              : cause;
      case REDIRECT_TO_LOGIN ->
          cause.withFacts(
              cause.facts().with(Fact.URL, blocked.transcript().get(0).request().url()));
      default -> cause;
    };
  }

  private ProblemCase opaque() {
    return PagePolicy.requiresConsent(page) && !hasResourcePolicy()
        ? ProblemCase.seen(Problem.EMBEDDER_POLICY, Facts.of())
        : ProblemCase.seen(Problem.OPAQUE_RESPONSE, Facts.of(Fact.MODE, request.mode()));
  }

  private boolean hasResourcePolicy() {
    return outcome
        .lastResponse()
        .filter(each -> "cross-origin".equals(each.headers().get("Cross-Origin-Resource-Policy")))
        .isPresent();
  }

  /** What a user takes for a CORS error although the page reads the response; the worst first. */
  private List<ProblemCase> lookAlikes(Outcome.Readable readable) {
    List<ProblemCase> found = new ArrayList<>();
    Cookies jar = new Cookies(page, request);
    found.addAll(jar.notSent(cookies, outcome.transcript()));
    found.addAll(jar.notKept(outcome.transcript()));
    if (readable.status() >= 400) {
      found.add(
          ProblemCase.seen(
              Problem.HTTP_ERROR, Facts.of(Fact.STATUS, String.valueOf(readable.status()))));
    }
    localNetwork().ifPresent(found::add);
    return found;
  }

  private Optional<ProblemCase> localNetwork() {
    Optional<Origin> asking =
        page.origin().startsWith("http") ? Origin.tryParse(page.origin()) : Optional.empty();
    if (outcome.transcript().isEmpty() || asking.isEmpty()) {
      return Optional.empty();
    }
    WireRequest first = outcome.transcript().get(0).request();
    return isNearer(first, asking.get())
        ? Optional.of(
            ProblemCase.seen(
                Problem.LOCAL_NETWORK_ACCESS,
                Facts.of(Fact.ORIGIN, page.origin())
                    .with(Fact.HOST, first.host())
                    .with(Fact.REASON, page.prohibitsMixedContent() ? "asked" : "refused")))
        : Optional.empty();
  }

  /** Local Network Access, IP address spaces: this machine, its network, the internet. */
  private static boolean isNearer(WireRequest server, Origin page) {
    return !page.isLoopback()
        && (Hosts.isLoopback(server)
            || (Hosts.isInternal(server.host()) && !Hosts.isInternal(page.host())));
  }

  private static DecidingHeader deciding(Outcome.Blocked blocked) {
    int last = blocked.transcript().size() - 1;
    return last < 0
        ? new DecidingHeader(0, "")
        : new DecidingHeader(last, ProblemCase.of(blocked).decidingHeader());
  }

  private boolean isPlainGet() {
    return request.method().equals("GET") && outcome.transcript().size() == 1;
  }

  private boolean isReadableAfresh() {
    return Browser.standard(transport)
        .load(page, afresh().credentials(request.credentials()))
        .isReadable();
  }

  /** The same URL with a query that no cache has seen. */
  private PageRequest afresh() {
    String url = request.url().replaceFirst("#.*", "");
    String mark = Long.toHexString(ThreadLocalRandom.current().nextLong());
    return PageRequest.fetch(url + (url.contains("?") ? "&" : "?") + "corsac-probe=" + mark);
  }

  /** Sends the request as another origin: whether the response depends on who asks. */
  private Optional<ProblemCase> varyMissing(Outcome.Readable readable) {
    WireResponse response = outcome.lastResponse().orElse(null);
    String allowed = response == null ? null : response.headers().get(ALLOW_ORIGIN);
    if (response == null
        || allowed == null
        || !isPlainGet()
        || readable.type() != ResponseType.CORS
        || response.headers().list("Cache-Control").stream()
            .anyMatch("no-store"::equalsIgnoreCase)) {
      return Optional.empty();
    }
    boolean mayVary = !allowed.equals("*") && !response.headers().variesBy("Origin");
    if (mayVary && isOtherwise(allowed, answerTo(Page.of(GatewayProbe.STRANGER)))) {
      return Optional.of(varyMissing("other-origin"));
    }
    // As an image of a page of the server's own would ask: without Origin.
    WireResponse own = answerTo(Page.of(outcome.transcript().get(0).request().origin()));
    return isOtherwise(allowed, own) && own != null && !own.headers().variesBy("Origin")
        ? Optional.of(varyMissing("without-origin"))
        : Optional.empty();
  }

  private static ProblemCase varyMissing(String reason) {
    return ProblemCase.seen(Problem.VARY_MISSING, Facts.of(Fact.REASON, reason));
  }

  private static boolean isOtherwise(String allowed, @Nullable WireResponse other) {
    return other != null
        && other.status() < 400
        && !allowed.equals(other.headers().get(ALLOW_ORIGIN));
  }

  private @Nullable WireResponse answerTo(Page asking) {
    List<Exchange> exchanges = Browser.standard(transport).load(asking, afresh()).transcript();
    return exchanges.isEmpty() ? null : exchanges.get(0).response();
  }
}
