package dev.corsac.doctor.audit;

import dev.corsac.Origin;
import dev.corsac.PublicSuffixes;
import dev.corsac.browser.WireRequest;
import dev.corsac.doctor.problem.Hosts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One run of an {@link Audit}: who is allowed, who looks like it, and what the responses say. */
final class AuditRun {
  /** So many of the origins that nobody named are taken for a pattern; each costs 60 requests. */
  private static final int MAX_DERIVED = 2;

  private final WireRequest target;
  private final List<Origin> named;
  private final boolean credentials;
  private final Prober prober;
  private final AuditFindings findings;
  private final Set<String> allowed = new LinkedHashSet<>();
  private final List<String> notes = new ArrayList<>();

  AuditRun(
      WireRequest target,
      List<Origin> named,
      boolean credentials,
      Prober prober,
      AuditFindings findings) {
    this.target = target;
    this.named = named;
    this.credentials = credentials;
    this.prober = prober;
    this.findings = findings;
  }

  AuditReport report() throws IOException, InterruptedException {
    ProbeResult plain = prober.withoutOrigin();
    String stopped = null;
    try {
      run(plain);
    } catch (IOException noAnswer) {
      stopped =
          "The server left "
              + Prober.MAX_UNANSWERED
              + " requests without a response, at last: "
              + noAnswer.getMessage()
              + ".";
    }
    noteStatuses(plain);
    if (stopped == null) {
      stopped = blindness().orElse(null);
    }
    return new AuditReport(
        target.url(), List.copyOf(allowed), findings.sorted(), notes, prober.all().size(), stopped);
  }

  private void run(ProbeResult plain) throws IOException, InterruptedException {
    ProbeResult stranger = prober.from(Probe.UNRELATED);
    boolean reflects = stranger.allows(Probe.UNRELATED);
    boolean publicServer = !Hosts.isInternal(target.host());
    List<Origin> trusted = reflects ? List.of() : trusted(plain, stranger);
    if (reflects) {
      addAllowed(Check.REFLECTED_ORIGIN, List.of(stranger));
    } else {
      ProbeResult referred = prober.withReferer(Probe.UNRELATED);
      if (referred.allows(Probe.UNRELATED)) {
        addAllowed(Check.REFERER_ORIGIN, List.of(referred));
      }
      probe(trusted, publicServer);
    }
    List<ProbeResult> answers = new ArrayList<>(List.of(plain, stranger));
    for (Origin origin : trusted) {
      answers.add(prober.from(origin.toString()));
    }
    Optional<String> reader =
        reflects || stranger.allowsAny()
            ? Optional.of(Probe.UNRELATED)
            : allowed.stream().findFirst();
    answers.addAll(new PreflightChecks(prober, findings).run(reader));
    answers.add(errorPage(stranger));
    answers.addAll(new CacheChecks(prober, findings).run(plain, stranger, reader));
    ResponseChecks.run(answers, publicServer, findings);
    if (stranger.allowsAny()) {
      checkPrivate(stranger);
    }
    malformedOrigins(plain);
  }

  /** The origins whose look-alikes are tried: those named, else those found, else the own site. */
  private List<Origin> trusted(ProbeResult plain, ProbeResult stranger)
      throws IOException, InterruptedException {
    if (!named.isEmpty()) {
      for (Origin origin : named) {
        if (!allow(origin)) {
          notes.add("The server does not allow " + origin + " by name.");
        }
      }
      return named;
    }
    List<Origin> found = new ArrayList<>();
    for (Origin origin : candidates(plain, stranger)) {
      if (found.size() < MAX_DERIVED && allow(origin)) {
        found.add(origin);
      }
    }
    if (found.isEmpty()) {
      notes.add(
          "No origin was found that is allowed by name."
              + " Name one that should be, and what looks like it is tried.");
      return own().stream().toList();
    }
    return found;
  }

  private boolean allow(Origin origin) throws IOException, InterruptedException {
    boolean allows = prober.from(origin.toString()).allows(origin.toString());
    return allows && allowed.add(origin.toString());
  }

  private Set<Origin> candidates(ProbeResult plain, ProbeResult stranger) {
    Set<Origin> candidates = new LinkedHashSet<>();
    for (ProbeResult answer : List.of(plain, stranger)) {
      for (String value : answer.headers(ProbeResult.ALLOW_ORIGIN)) {
        if (!value.equals(Probe.UNRELATED)) {
          Origin.tryParse(value).ifPresent(candidates::add);
        }
      }
    }
    own().ifPresent(candidates::add);
    String site = PublicSuffixes.registrableDomain(target.host());
    if (!Hosts.isInternal(target.host())) {
      for (String name : List.of("", "www.", "app.")) {
        Origin.tryParse("https://" + name + site).ifPresent(candidates::add);
      }
    }
    return candidates;
  }

  private Optional<Origin> own() {
    return Origin.tryParse(target.origin());
  }

  /** Every origin that is wrong anywhere, and every look-alike of those that are right here. */
  private void probe(List<Origin> trusted, boolean publicServer)
      throws IOException, InterruptedException {
    List<Probe> probes = new ArrayList<>(Probe.common(publicServer));
    trusted.forEach(origin -> probes.addAll(LookAlikes.of(origin)));
    Map<Check, List<ProbeResult>> hits = new EnumMap<>(Check.class);
    for (String origin : allowed) {
      if (origin.startsWith("http:") && target.scheme().equals("https")) {
        hits.computeIfAbsent(Check.INSECURE_ORIGIN, none -> new ArrayList<>())
            .add(prober.from(origin));
      }
    }
    for (Probe probe : probes) {
      ProbeResult answer = prober.from(probe.origin());
      if (answer.allows(probe.origin()) && !isAllowedAny(probe.unless())) {
        hits.computeIfAbsent(probe.check(), none -> new ArrayList<>()).add(answer);
      }
    }
    for (Map.Entry<Check, List<ProbeResult>> each : hits.entrySet()) {
      addAllowed(each.getKey(), each.getValue());
    }
  }

  private boolean isAllowedAny(List<String> origins) throws IOException, InterruptedException {
    for (String origin : origins) {
      if (prober.from(origin).allows(origin)) {
        return true;
      }
    }
    return false;
  }

  private void addAllowed(Check check, List<ProbeResult> answers) {
    boolean worst = answers.stream().anyMatch(ProbeResult::allowsCredentials);
    List<ProbeResult> shown =
        answers.stream().filter(each -> each.allowsCredentials() == worst).toList();
    String origins =
        String.join("  ", shown.stream().map(each -> origin(each.request())).distinct().toList());
    findings.add(
        check,
        worst,
        shown.get(0),
        (worst ? "Allowed with credentials: " : "Allowed without credentials: ") + origins);
  }

  private static String origin(WireRequest request) {
    return Objects.requireNonNullElse(request.header("Origin"), "");
  }

  private ProbeResult errorPage(ProbeResult stranger) throws IOException, InterruptedException {
    ProbeResult page = prober.notFound(Probe.UNRELATED);
    boolean wider = page.allows(Probe.UNRELATED) || (page.allowsAny() && !page.allowsCredentials());
    boolean widerThanUrl = wider && !stranger.allows(Probe.UNRELATED) && !stranger.allowsAny();
    if (widerThanUrl && page.status() >= 400) {
      findings.add(
          Check.ERROR_PAGE_WIDER,
          page.allowsCredentials(),
          page,
          "The URL allows "
              + Probe.UNRELATED
              + " nothing, the page of status "
              + page.status()
              + " does");
    }
    return page;
  }

  private void checkPrivate(ProbeResult any) throws IOException, InterruptedException {
    @Nullable String sign = null;
    if (any.header("Set-Cookie") != null) {
      sign = "The response sets a cookie";
    } else if (any.lists("Cache-Control", "private")) {
      sign = "The response is private by its Cache-Control";
    } else if (credentials && any.isOk()) {
      int status = prober.anonymous().status();
      sign =
          status >= 400 && status <= 499 ? "Without credentials the response is " + status : null;
    }
    if (sign != null) {
      findings.add(Check.ANY_ORIGIN_PRIVATE, true, any, sign);
    }
  }

  /** Last, because a server that fails may fail for good. */
  private void malformedOrigins(ProbeResult plain) throws IOException, InterruptedException {
    List<String> injections =
        List.of(
            "%0d%0aX-Corsac-Audit:%20injected",
            // Characters whose low bytes are CR and LF, for servers that cut them off.
            "%E5%98%8D%E5%98%8AX-Corsac-Audit:%20injected");
    for (String injection : injections) {
      ProbeResult answer = prober.from(Probe.UNRELATED + injection);
      if (answer.header("X-Corsac-Audit") != null) {
        findings.add(
            Check.HEADER_INJECTION, true, answer, "The response has the header X-Corsac-Audit");
      }
    }
    for (String malformed : List.of("", "https://", "nonsense", "https://[", "https://a.test:x")) {
      ProbeResult unusual = prober.from(malformed);
      // Twice, and with a good request between: else it is but a bad moment.
      if (unusual.isServerError()
          && !plain.isServerError()
          && !prober.again(Probe.UNRELATED).isServerError()
          && prober.again(malformed).isServerError()) {
        findings.add(
            Check.ORIGIN_SERVER_ERROR, true, unusual, "Status " + unusual.status() + ", twice");
      }
    }
  }

  /** Where every response is an error without a CORS header, nothing of the policy was seen. */
  private Optional<String> blindness() {
    List<ProbeResult> answered =
        prober.all().stream().filter(each -> each.response() != null).toList();
    boolean blind =
        answered.stream().allMatch(each -> each.status() >= 400 && each.allowOrigin() == null);
    // A login is another matter: what it hides, only a signed-in user's audit shows.
    boolean login = answered.stream().anyMatch(each -> each.status() == 401);
    if (answered.isEmpty() || !blind || login) {
      return Optional.empty();
    }
    String statuses =
        answered.stream()
            .map(each -> String.valueOf(each.status()))
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return Optional.of(
        "The response to every request was an error without a CORS header (status "
            + statuses
            + "), so that nothing of the policy could be looked at. "
            + advice(answered.get(0).status()));
  }

  private static String advice(int status) {
    return switch (status) {
      case 403, 407 -> "Give the session of a user who may ask (--credentials), or another URL.";
      case 404, 410 -> "Give a URL that exists.";
      case 405 -> "Give the method that the URL has (--method).";
      case 429 -> "Try again later, with a lower rate (--rate).";
      case 502, 503, 504 -> "A gateway says that the server behind it does not answer: start it.";
      default -> "Let the URL answer without an error, and audit it again.";
    };
  }

  private void noteStatuses(ProbeResult plain) {
    int status = plain.status();
    if (status == 401 || status == 403) {
      notes.add(
          "The URL answers "
              + status
              + "; what it allows a signed-in user, only an audit with credentials shows.");
    } else if (status >= 300 && status <= 399) {
      notes.add("The URL redirects, which was not followed: audit the URL it leads to as well.");
    }
    long limited =
        prober.all().stream().filter(each -> each.status() == 429 || each.status() == 503).count();
    if (limited > 0) {
      notes.add(
          limited
              + " requests were answered 429 or 503: try a lower rate, or something stays unseen.");
    }
    long unanswered = prober.all().stream().filter(each -> each.response() == null).count();
    if (unanswered > 0) {
      notes.add(unanswered + " requests got no response; what they asked for stays unseen.");
    }
  }
}
