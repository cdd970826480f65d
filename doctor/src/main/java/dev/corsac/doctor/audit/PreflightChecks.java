package dev.corsac.doctor.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Compares the responses to preflights with those of the URL itself. */
final class PreflightChecks {
  private static final String METHOD = "CORSACAUDIT";
  private static final String HEADER = "x-corsac-audit";
  private static final int MAX_AGE = 86_400;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  private final Prober prober;
  private final AuditFindings findings;

  PreflightChecks(Prober prober, AuditFindings findings) {
    this.prober = prober;
    this.findings = findings;
  }

  /**
   * Sends preflights of a stranger and of an origin that may read.
   *
   * @param reader an origin that may read the URL, if one is known
   * @return the responses
   */
  List<ProbeResult> run(Optional<String> reader) throws IOException, InterruptedException {
    List<ProbeResult> answers = new ArrayList<>();
    answers.add(prober.options());
    ProbeResult stranger = prober.preflight(Probe.UNRELATED, prober.method());
    answers.add(stranger);
    ProbeResult actual = prober.from(Probe.UNRELATED);
    if (passes(stranger, Probe.UNRELATED) && !mayRead(actual, Probe.UNRELATED)) {
      findings.add(
          Check.PREFLIGHT_WIDER,
          stranger.allowsCredentials() && !stranger.allowsAny(),
          stranger,
          "The preflight of " + Probe.UNRELATED + " passes; its request may not be read");
    }
    if (reader.isPresent()) {
      answers.addAll(ofReader(reader.get()));
    }
    return answers;
  }

  private List<ProbeResult> ofReader(String origin) throws IOException, InterruptedException {
    ProbeResult preflight = prober.preflight(origin, prober.method());
    if (!passes(preflight, origin)) {
      // With * the URL is meant for simple requests, and needs no more.
      if (prober.from(origin).allows(origin)) {
        findings.add(
            Check.PREFLIGHT_NARROWER,
            true,
            preflight,
            "The preflight of " + origin + " gets " + preflight.status());
      }
      return List.of(preflight);
    }
    maxAge(preflight);
    ProbeResult method = prober.preflight(origin, METHOD);
    if (passes(method, origin) && method.lists("Access-Control-Allow-Methods", METHOD)) {
      findings.add(
          Check.ANY_METHOD,
          method.allowsCredentials(),
          method,
          "Allowed: the method " + METHOD + ", which does not exist");
    }
    ProbeResult header =
        prober.preflight(origin, prober.method(), "Access-Control-Request-Headers", HEADER);
    if (passes(header, origin) && header.lists("Access-Control-Allow-Headers", HEADER)) {
      findings.add(
          Check.ANY_HEADER,
          header.allowsCredentials(),
          header,
          "Allowed: the header " + HEADER + ", which nobody needs");
    }
    ProbeResult network =
        prober.preflight(origin, prober.method(), "Access-Control-Request-Private-Network", "true");
    return List.of(preflight, method, header, network);
  }

  private void maxAge(ProbeResult preflight) {
    String value = preflight.header("Access-Control-Max-Age");
    if (value != null && !(NUMBER.matcher(value).matches() && Integer.parseInt(value) <= MAX_AGE)) {
      findings.add(Check.MAX_AGE, true, preflight, "The value: " + value);
    }
  }

  private static boolean passes(ProbeResult preflight, String origin) {
    return preflight.isOk() && mayRead(preflight, origin);
  }

  private static boolean mayRead(ProbeResult answer, String origin) {
    return answer.allows(origin) || answer.allowsAny();
  }
}
