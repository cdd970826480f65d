package dev.corsac.doctor;

import dev.corsac.Origin;
import dev.corsac.browser.Browser;
import dev.corsac.browser.Engine;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.ResponseType;
import dev.corsac.browser.Transport;
import dev.corsac.browser.WireRequest;
import dev.corsac.browser.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** From what the browser's model says to what a person needs to hear. */
final class Examination {
  private static final String OTHER_ORIGIN = "https://corsac-probe.example";

  private final Page page;
  private final PageRequest request;
  private final Transport transport;
  private final List<String> cookies;
  private final Outcome outcome;

  Examination(
      Page page, PageRequest request, Transport transport, List<String> cookies, Outcome outcome) {
    this.page = page;
    this.request = request;
    this.transport = transport;
    this.cookies = cookies;
    this.outcome = outcome;
  }

  Diagnosis diagnosis(Engine engine, Map<Engine, Diagnosis.Reading> readings) {
    if (outcome instanceof Outcome.Readable readable) {
      List<Note> notes = new ArrayList<>(lookAlikes(readable));
      Note first = notes.isEmpty() ? null : notes.remove(0);
      notes.addAll(Costs.of(readable));
      varyMissing(readable).ifPresent(notes::add);
      return diagnosis(engine, Verdict.READABLE, first, null, readings, notes);
    }
    List<Note> notes = new ArrayList<>();
    new Cookies(page, request).notSent(cookies, outcome.transcript()).forEach(notes::add);
    localNetwork().ifPresent(notes::add);
    if (outcome instanceof Outcome.Blocked blocked) {
      Note note = blocked(blocked);
      Verdict verdict =
          note.problem().kind() == Problem.Kind.NETWORK ? Verdict.UNREACHABLE : Verdict.BLOCKED;
      return diagnosis(engine, verdict, note, mark(blocked), readings, notes);
    }
    Note note =
        outcome instanceof Outcome.Thrown thrown
            ? new Note(
                Problem.INVALID_CALL,
                "The call throws a " + thrown.errorName() + ": " + thrown.rule() + ".")
            : opaque();
    return diagnosis(engine, Verdict.BLOCKED, note, null, readings, notes);
  }

  private Diagnosis diagnosis(
      Engine engine,
      Verdict verdict,
      @Nullable Note note,
      @Nullable Mark mark,
      Map<Engine, Diagnosis.Reading> readings,
      List<Note> notes) {
    return new Diagnosis(engine, page, request, verdict, note, outcome, mark, readings, notes);
  }

  private Note blocked(Outcome.Blocked blocked) {
    Problem problem = Refinement.of(blocked);
    boolean mayBeCached =
        problem == Problem.ALLOW_ORIGIN_MISMATCH || problem == Problem.ALLOW_ORIGIN_MISSING;
    if (mayBeCached && isPlainGet() && isReadableAfresh()) {
      return new Note(
          Problem.CACHED_FOR_ANOTHER_ORIGIN,
          "The same URL with another query is readable: a cache answers this one with what it kept"
              + " for somebody else.");
    }
    Map<String, String> values = BlockValues.of(blocked);
    if (problem == Problem.REDIRECT_TO_LOGIN) {
      values.put("url", outcome.transcript().get(0).request().url());
    }
    return new Note(problem, Says.of(problem, values));
  }

  private Note opaque() {
    return PagePolicy.requiresConsent(page) && !hasResourcePolicy()
        ? new Note(Problem.EMBEDDER_POLICY, Problem.EMBEDDER_POLICY.title() + ".")
        : new Note(
            Problem.OPAQUE_RESPONSE,
            "The answer arrived, but with mode '"
                + request.mode()
                + "' the page sees nothing of it.");
  }

  private boolean hasResourcePolicy() {
    return outcome
        .lastResponse()
        .filter(each -> "cross-origin".equals(each.headers().get("Cross-Origin-Resource-Policy")))
        .isPresent();
  }

  /** What a user takes for a CORS error although the page reads the answer; the worst first. */
  private List<Note> lookAlikes(Outcome.Readable readable) {
    List<Note> notes = new ArrayList<>();
    Cookies jar = new Cookies(page, request);
    notes.addAll(jar.notSent(cookies, outcome.transcript()));
    notes.addAll(jar.notKept(outcome.transcript()));
    if (readable.status() >= 400) {
      notes.add(
          new Note(
              Problem.HTTP_ERROR,
              "CORS works: the page reads the answer, whose status is " + readable.status() + "."));
    }
    localNetwork().ifPresent(notes::add);
    return notes;
  }

  private Optional<Note> localNetwork() {
    Optional<Origin> asking =
        page.origin().startsWith("http") ? Origin.tryParse(page.origin()) : Optional.empty();
    if (outcome.transcript().isEmpty() || asking.isEmpty()) {
      return Optional.empty();
    }
    WireRequest first = outcome.transcript().get(0).request();
    return isNearer(first, asking.get())
        ? Optional.of(
            new Note(
                Problem.LOCAL_NETWORK_ACCESS,
                "If "
                    + page.origin()
                    + " is served from the internet, Chromium "
                    + (page.prohibitsMixedContent()
                        ? "asks the user before it may reach "
                        : "refuses, as a page without https, that it reaches ")
                    + first.host()
                    + "."))
        : Optional.empty();
  }

  /** Local Network Access, IP address spaces: this machine, its network, the internet. */
  private static boolean isNearer(WireRequest server, Origin page) {
    return !page.isLoopback()
        && (Hosts.isLoopback(server)
            || (Hosts.isInternal(server.host()) && !Hosts.isInternal(page.host())));
  }

  private static Mark mark(Outcome.Blocked blocked) {
    int last = blocked.transcript().size() - 1;
    return last < 0
        ? new Mark(0, "")
        : new Mark(last, Refinement.decidingHeader(blocked.block().cause()));
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

  /** Asks once more, as another origin: whether the answer depends on who asks. */
  private Optional<Note> varyMissing(Outcome.Readable readable) {
    WireResponse answer = outcome.lastResponse().orElse(null);
    String allowed = answer == null ? null : answer.headers().get(Refinement.ALLOW_ORIGIN);
    if (answer == null
        || allowed == null
        || allowed.equals("*")
        || !isPlainGet()
        || readable.type() != ResponseType.CORS
        || answer.headers().variesBy("Origin")) {
      return Optional.empty();
    }
    Outcome other = Browser.standard(transport).load(Page.of(OTHER_ORIGIN), afresh());
    WireResponse second =
        other.transcript().isEmpty() ? null : other.transcript().get(0).response();
    boolean depends =
        second != null && !allowed.equals(second.headers().get(Refinement.ALLOW_ORIGIN));
    return depends
        ? Optional.of(
            new Note(
                Problem.VARY_MISSING,
                "Another origin gets another answer, but Vary does not name Origin: a cache may mix"
                    + " the two up."))
        : Optional.empty();
  }
}
