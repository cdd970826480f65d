package dev.corsac.doctor;

import com.shapesecurity.salvation2.Policy;
import com.shapesecurity.salvation2.URLs.URI;
import com.shapesecurity.salvation2.URLs.URLWithScheme;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.doctor.problem.Fact;
import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the page itself forbids, by the headers it came with. */
final class PagePolicy {
  static final String CSP = "Content-Security-Policy";

  /** The library matches URLs by expressions that recurse for each character. */
  private static final int LONGEST_URL = 2000;

  private PagePolicy() {}

  /**
   * Whether the page's Content-Security-Policy keeps its JavaScript from asking for this URL (CSP
   * Level 3, connect-src). URLs of more than some thousand characters, here or there, are not
   * judged.
   */
  static Optional<ProblemCase> forbids(Page page, PageRequest request) {
    if (hasLongUrl(request.url())) {
      return Optional.empty();
    }
    Optional<URLWithScheme> url = URI.parseURI(request.url()).map(parsed -> parsed);
    if (url.isEmpty()) {
      return Optional.empty();
    }
    Optional<URLWithScheme> self = URI.parseURI(page.origin()).map(parsed -> parsed);
    for (String one : page.headers().list(CSP)) {
      if (hasLongUrl(one)) {
        continue;
      }
      Policy policy = Policy.parseSerializedCSP(one, Policy.PolicyErrorConsumer.ignored);
      if (!policy.allowsConnection(url, self)) {
        return Optional.of(
            ProblemCase.seen(
                Problem.CONTENT_SECURITY_POLICY,
                Facts.of(Fact.URL, request.url()).with(Fact.VALUE, directive(one))));
      }
    }
    return Optional.empty();
  }

  private static boolean hasLongUrl(String text) {
    return Arrays.stream(text.split("[\\s;]", -1)).anyMatch(each -> each.length() > LONGEST_URL);
  }

  /** HTML, cross-origin embedder policy: whether responses without CORS need a consent. */
  static boolean requiresConsent(Page page) {
    String value = page.headers().get("Cross-Origin-Embedder-Policy");
    return value != null && value.strip().toLowerCase(Locale.ROOT).startsWith("require-corp");
  }

  private static String directive(String policy) {
    for (String name : new String[] {"connect-src", "default-src"}) {
      for (String part : policy.split(";", -1)) {
        if (part.strip().toLowerCase(Locale.ROOT).startsWith(name)) {
          return part.strip();
        }
      }
    }
    return policy.strip();
  }
}
