package dev.corsac.theorem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.browser.Body;
import dev.corsac.browser.Browser;
import dev.corsac.browser.CredentialsMode;
import dev.corsac.browser.Engine;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.theorem.PolicyFacts.Ask;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * The theorem: in front of a server that applies a policy, a browser lets a page read a response if
 * and only if the policy permits that page's origin, method, headers and credentials; and the page
 * sees exactly the exposed headers.
 *
 * <p>It holds for each engine, and for every request of a series that shares the preflight cache.
 */
class BrowserServerPolicyProperties {
  private static final String API = "https://api.example.net/things";

  @Property
  void aPageReads_whatThePolicyPermits(
      @ForAll("policies") PolicyFacts policy,
      @ForAll("series") List<Ask> asks,
      @ForAll Engine engine) {
    Browser browser = Browser.builder(engine, new PolicyServer(policy.build())).build();
    for (Ask ask : asks) {
      Outcome outcome = browser.load(Page.of(ask.origin()), request(ask));
      assertThat(outcome.isReadable())
          .as("%s, %s%n%s", policy, ask, outcome.story())
          .isEqualTo(policy.permits(ask));
      if (outcome instanceof Outcome.Readable readable) {
        Set<String> seen =
            readable.headers().keySet().stream()
                .filter(name -> name.startsWith("x-") || name.equals("content-type"))
                .collect(Collectors.toSet());
        assertThat(seen).as("%s, %s", policy, ask).isEqualTo(policy.visible());
      }
    }
  }

  private static PageRequest request(Ask ask) {
    PageRequest request =
        PageRequest.fetch(API)
            .method(ask.method())
            .credentials(ask.credentials() ? CredentialsMode.INCLUDE : CredentialsMode.OMIT);
    for (String name : ask.headers()) {
      request = request.header(name, name.equals("Content-Type") ? "application/json" : "v");
    }
    return ask.method().equals("PUT") ? request.body(Body.text("{}")) : request;
  }

  @Provide
  Arbitrary<PolicyFacts> policies() {
    Arbitrary<List<String>> origins =
        Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.just(List.of("*"))),
            Tuple.of(
                4,
                Arbitraries.of(
                        "https://a.example",
                        "https://b.a.example",
                        "https://*.a.example",
                        "https://a.example:8443",
                        "https://b.example")
                    .list()
                    .ofMaxSize(3)));
    return Combinators.combine(
            origins,
            subset("PUT", "DELETE", "PATCH", "patch", "PURGE", "*"),
            subset("X-A", "x-b", "Authorization", "*"),
            subset("X-One", "x-two", "*"),
            Arbitraries.of(true, false))
        .as(PolicyFacts::new)
        .filter(
            policy ->
                !policy.credentials()
                    || !(policy.origins().contains("*") || policy.exposed().contains("*")));
  }

  @Provide
  Arbitrary<List<Ask>> series() {
    return Combinators.combine(
            Arbitraries.of(
                "https://a.example",
                "https://b.a.example",
                "https://c.b.a.example",
                "https://a.example:8443",
                "https://b.example",
                "http://a.example",
                "https://xa.example"),
            Arbitraries.of(
                "GET", "get", "HEAD", "POST", "PUT", "put", "DELETE", "PATCH", "patch", "PURGE",
                "OPTIONS"),
            subset("X-A", "X-B", "Authorization", "Content-Type"),
            Arbitraries.of(true, false))
        .as(Ask::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  private static Arbitrary<List<String>> subset(String... values) {
    return Arbitraries.of(values).list().uniqueElements().ofMaxSize(3);
  }
}
