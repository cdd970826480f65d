package dev.corsac.doctor;

import dev.corsac.Origin;
import dev.corsac.browser.CredentialsMode;
import dev.corsac.browser.Exchange;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.WireRequest;
import dev.corsac.doctor.problem.Fact;
import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.Hosts;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds cookies that get lost on the way: that is not CORS, but looks just like it. */
final class Cookies {
  private final Page page;
  private final PageRequest request;

  Cookies(Page page, PageRequest request) {
    this.page = page;
    this.request = request;
  }

  /** The cookies that responses set and the browser does not keep. */
  List<ProblemCase> notKept(List<Exchange> exchanges) {
    List<ProblemCase> found = new ArrayList<>();
    for (Exchange exchange : exchanges) {
      if (exchange.response() == null || exchange.request().isPreflight()) {
        continue;
      }
      for (String cookie : exchange.response().headers().values("Set-Cookie")) {
        Optional<String> reason = refusal(cookie, exchange.request());
        reason.ifPresent(
            key -> found.add(ProblemCase.seen(Problem.COOKIE_NOT_KEPT, facts(cookie, key))));
      }
    }
    return found;
  }

  /** The cookies that the browser has for the URL and does not send. */
  List<ProblemCase> notSent(List<String> cookies, List<Exchange> exchanges) {
    List<ProblemCase> found = new ArrayList<>();
    for (String cookie : cookies) {
      List<WireRequest> requests =
          exchanges.stream()
              .map(Exchange::request)
              .filter(sent -> !sent.isPreflight() && !carries(sent, name(cookie)))
              .toList();
      if (!requests.isEmpty()) {
        String reason = refusal(cookie, requests.get(0)).orElse("not-covered");
        found.add(ProblemCase.seen(Problem.COOKIE_NOT_SENT, facts(cookie, reason)));
      }
    }
    return found;
  }

  private static Facts facts(String cookie, String reason) {
    return Facts.of(Fact.COOKIE, name(cookie)).with(Fact.REASON, reason);
  }

  /** Why a cookie does not cross; empty if it does (RFC 6265bis, 5.7 and 5.8.3). */
  private Optional<String> refusal(String cookie, WireRequest at) {
    List<String> attributes = attributes(cookie);
    boolean secure = attributes.contains("secure");
    boolean none = attributes.contains("samesite=none");
    if (!at.origin().equals(page.origin()) && request.credentials() != CredentialsMode.INCLUDE) {
      return Optional.of("without-credentials");
    }
    if (secure && at.scheme().equals("http") && !Hosts.isLoopback(at)) {
      return Optional.of("not-https");
    }
    if (none && !secure) {
      return Optional.of("not-secure");
    }
    return none || isSameSite(at) ? Optional.empty() : Optional.of("cross-site");
  }

  /** https://html.spec.whatwg.org/#same-site. */
  private boolean isSameSite(WireRequest at) {
    Optional<String> site = Origin.tryParse(page.origin()).map(Origin::site);
    return site.isPresent() && site.equals(Origin.tryParse(at.origin()).map(Origin::site));
  }

  private static boolean carries(WireRequest request, String name) {
    String sent = request.header("Cookie");
    return sent != null
        && Arrays.stream(sent.split(";", -1)).anyMatch(pair -> pair.strip().startsWith(name + "="));
  }

  private static List<String> attributes(String cookie) {
    return Arrays.stream(cookie.toLowerCase(Locale.ROOT).split(";", -1))
        .skip(1)
        .map(part -> part.replaceAll("\\s", ""))
        .toList();
  }

  private static String name(String cookie) {
    return cookie.split("[=;]", 2)[0].strip();
  }
}
