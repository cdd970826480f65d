package dev.corsac.doctor.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.browser.Engine;
import dev.corsac.doctor.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExplainerTest {
  private static final String ACCESS =
      "Access to fetch at 'https://api.example.com/data' from origin 'https://app.example.com' has"
          + " been blocked by CORS policy: ";
  private static final String BLOCKED =
      "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource"
          + " at https://api.example.com/data. (Reason: ";

  static Stream<Message> examples() {
    return Messages.all().stream().filter(message -> message.part() != Message.Part.CLOSING);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void exampleIsExplainedByItsEntry(Message message) {
    List<Messages.Hit> hits = Messages.in(PastedText.of(message.example()));
    assertThat(hits).as(message.example()).extracting(Messages.Hit::message).contains(message);
    Explanation explanation = one(message.example());
    assertThat(said(explanation)).containsAnyElementsOf(ofEitherAnswer(message.problems()));
    message.browser().ifPresent(own -> assertThat(explanation.browser()).contains(own));
  }

  /** An opening or a note about the preflight changes what a reason means. */
  private static List<Problem> ofEitherAnswer(List<Problem> problems) {
    List<Problem> either = new ArrayList<>(problems);
    problems.forEach(problem -> either.add(problem.ofPreflight()));
    return either;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void noiseAroundAnExampleChangesNothing(Message message) {
    Explanation plain = one(message.example());
    String example = message.example();
    for (String noisy :
        List.of(
            "app.js:12 " + example,
            "[Error] " + example,
            "12:34:56.789 " + example + " app.js:12:34",
            "> \"" + example + "\"\n",
            "I get this, why?\n\n    " + example.replace(" ", "  ") + "\n\nThanks!",
            example.replace(" ", "\u00a0"),
            example.replace("'", "’"),
            example.replace("‘", "'").replace("’", "'").replace("“", "\"").replace("”", "\""),
            example.replace("&", "&amp;").replace("'", "&#39;").replace("\"", "&quot;"))) {
      Explanation found = one(noisy);
      assertThat(found.problem()).as(noisy).isEqualTo(plain.problem());
      assertThat(found.candidates()).as(noisy).isEqualTo(plain.candidates());
      assertThat(found.browser()).as(noisy).isEqualTo(plain.browser());
    }
  }

  @Test
  void linesThatATerminalBrokeAreOne() {
    Explanation explanation =
        one(
            "Access to fetch at 'https://api.example.com/data'\n   from origin"
                + " 'https://app.example.com' has been\nblocked by CORS policy: Request header"
                + " field\r\nx-custom is not allowed by\nAccess-Control-Allow-Headers in preflight"
                + " response.");
    assertThat(explanation.problem()).isEqualTo(Problem.HEADER_NOT_ALLOWED);
    assertThat(explanation.facts().url()).contains("https://api.example.com/data");
    assertThat(explanation.facts().origin()).contains("https://app.example.com");
    assertThat(explanation.facts().header()).contains("x-custom");
    assertThat(explanation.browser()).contains(Engine.CHROMIUM);
    assertThat(explanation.isCors()).isTrue();
    assertThat(explanation.says())
        .isEqualTo(
            "The page sets x-custom; Access-Control-Allow-Headers of https://api.example.com/data"
                + " does not list it.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://app.example.com/  | the slash at the end is one character too many
          https://app.example.com/a | an origin has no path
          https://APP.example.com   | upper and lower case differ, and browsers send lower case
          http://app.example.com    | http and https differ
          https://app.example.com:8443 | the ports differ: 8443, but the page has none
          https://www.app.example.com  | with and without www. are two origins
          app.example.com           | the scheme is missing
          null                      | null stands for pages without an origin, which this one is not
          """)
  void differenceIsNamed(String value, String difference) {
    Explanation explanation =
        one(
            ACCESS
                + "The 'Access-Control-Allow-Origin' header has a value '"
                + value
                + "' that is not equal to the supplied origin.");
    assertThat(explanation.problem()).isEqualTo(Problem.ALLOW_ORIGIN_MISMATCH);
    assertThat(explanation.facts().value()).contains(value);
    assertThat(explanation.says()).endsWith(": " + difference + ".");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://app.example.com, https://app.example.com | ALLOW_ORIGIN_TWICE
          *, https://app.example.com                       | ALLOW_ORIGIN_TWICE
          https://app.example.com, https://www.example.com | ALLOW_ORIGIN_LIST
          https://app.example.com https://www.example.com  | ALLOW_ORIGIN_LIST
          """)
  void twoLayersAreToldFromAList(String value, Problem problem) {
    String reason =
        "The 'Access-Control-Allow-Origin' header contains multiple values '"
            + value
            + "', but only one is allowed.";
    assertThat(one(ACCESS + reason).problem()).isEqualTo(problem);
    assertThat(
            one(ACCESS
                    + "Response to preflight request doesn't pass access control check: "
                    + reason)
                .problem())
        .isEqualTo(problem.ofPreflight());
    assertThat(
            said(
                one(
                    BLOCKED
                        + "CORS header ‘Access-Control-Allow-Origin’ does not match ‘"
                        + value
                        + "’).")))
        .startsWith(problem, problem.ofPreflight());
  }

  @ParameterizedTest
  @CsvSource({
    "401, PREFLIGHT_UNAUTHORIZED",
    "403, PREFLIGHT_FORBIDDEN",
    "404, PREFLIGHT_NOT_HANDLED",
    "405, PREFLIGHT_NOT_HANDLED",
    "500, PREFLIGHT_SERVER_ERROR",
    "302, PREFLIGHT_REDIRECT",
    "100, PREFLIGHT_STATUS"
  })
  void statusSaysWhyThePreflightFailed(String status, Problem problem) {
    for (String line :
        List.of(
            "Preflight response is not successful. Status code: " + status,
            BLOCKED + "CORS preflight response did not succeed). Status code: " + status + ".",
            "Failed to load https://api.example.com/data: Response for preflight has invalid HTTP"
                + " status code "
                + status)) {
      Explanation explanation = one(line);
      assertThat(explanation.problem()).as(line).isEqualTo(problem);
      assertThat(explanation.facts().status()).as(line).contains(status);
    }
  }

  @Test
  void errorIsTheNewsWhereItsPageHasNoHeaders() {
    Explanation chromium =
        one(
            "XMLHttpRequest cannot load http://api.example.com/data. No"
                + " 'Access-Control-Allow-Origin' header is present on the requested resource."
                + " Origin 'http://app.example.com' is therefore not allowed access. The response"
                + " had HTTP status code 503.");
    assertThat(chromium.problem()).isEqualTo(Problem.ERROR_WITHOUT_HEADERS);
    assertThat(chromium.facts().origin()).contains("http://app.example.com");
    assertThat(chromium.says()).contains("503").contains("http://api.example.com/data");
    Explanation firefox =
        one(BLOCKED + "CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 401.");
    assertThat(said(firefox))
        .startsWith(Problem.ERROR_WITHOUT_HEADERS, Problem.PREFLIGHT_UNAUTHORIZED)
        .contains(Problem.ALLOW_ORIGIN_MISSING, Problem.PREFLIGHT_ALLOW_ORIGIN_MISSING);
  }

  @Test
  void nullIsNotToBeAllowed() {
    Explanation explanation =
        one("[Error] Origin null is not allowed by Access-Control-Allow-Origin. Status code: 200");
    assertThat(explanation.facts().origin()).contains("null");
    assertThat(explanation.says()).contains("rather than allow null");
  }

  @Test
  void methodInLowerCaseIsTheCause() {
    Explanation explanation =
        one(
            ACCESS
                + "Method patch is not allowed by Access-Control-Allow-Methods in preflight response.");
    assertThat(explanation.problem()).isEqualTo(Problem.METHOD_CASE);
    assertThat(explanation.facts().method()).contains("patch");
  }

  @Test
  void originThatEqualsTheValueAfterARedirectHasBecomeNull() {
    Explanation explanation =
        one(
            "Access to fetch at 'https://b.example.net/x' (redirected from"
                + " 'https://a.example.org/x') from origin 'https://app.example.com' has been"
                + " blocked by CORS policy: The 'Access-Control-Allow-Origin' header has a value"
                + " 'https://app.example.com' that is not equal to the supplied origin.");
    assertThat(explanation.problem()).isEqualTo(Problem.REDIRECT_NULL_ORIGIN);
    assertThat(explanation.facts().url()).contains("https://b.example.net/x");
  }

  @Test
  void safarisTwoLinesAreOneExplanation() {
    Explanation explanation =
        one(
            """
            [Error] Preflight response is not successful. Status code: 401
            [Error] Fetch API cannot load https://api.example.com/data due to access control checks.
            [Error] Failed to load resource: Preflight response is not successful. Status code: 401 (data, line 0)
            Unhandled Promise Rejection: TypeError: Load failed
            """);
    assertThat(explanation.problem()).isEqualTo(Problem.PREFLIGHT_UNAUTHORIZED);
    assertThat(explanation.facts().url()).contains("https://api.example.com/data");
    assertThat(explanation.browser()).contains(Engine.WEBKIT);
  }

  @Test
  void firefoxsSecondLineSaysNothingMore() {
    Explanation explanation =
        one(
            BLOCKED
                + "Did not find method in CORS header ‘Access-Control-Allow-Methods’).\n"
                + BLOCKED
                + "CORS request did not succeed). Status code: (null).\n"
                + "Uncaught (in promise) TypeError: NetworkError when attempting to fetch resource.");
    assertThat(explanation.problem()).isEqualTo(Problem.METHOD_NOT_ALLOWED);
    Explanation alone = one(BLOCKED + "CORS request did not succeed). Status code: (null).");
    assertThat(alone.problem()).isEqualTo(Problem.DID_NOT_SUCCEED);
    assertThat(alone.candidates()).contains(Problem.CONNECTION_REFUSED, Problem.CERTIFICATE);
    assertThat(alone.facts().status()).contains("(null)");
    assertThat(alone.isCors()).isFalse();
  }

  @Test
  void eachOfSeveralRequestsIsExplained() {
    List<Explanation> found =
        Explainer.explain(
            ACCESS
                + "It does not have HTTP ok status.\n"
                + "GET https://api.example.com/data net::ERR_FAILED\n"
                + "GET https://api.exmaple.com/data net::ERR_NAME_NOT_RESOLVED\n"
                + ACCESS.replace("/data", "/items")
                + "No 'Access-Control-Allow-Origin' header is present on the requested resource.");
    assertThat(found)
        .extracting(Explanation::problem)
        .containsExactly(
            Problem.PREFLIGHT_STATUS, Problem.NAME_NOT_RESOLVED, Problem.ALLOW_ORIGIN_MISSING);
    assertThat(found.get(1).facts().url()).contains("https://api.exmaple.com/data");
    assertThat(found.get(1).facts().method()).contains("GET");
  }

  @Test
  void headerNameThatChromiumLeavesOutIsUnknown() {
    Explanation explanation =
        one(
            ACCESS
                + "Request header field  is not allowed by Access-Control-Allow-Headers in preflight response.");
    assertThat(explanation.problem()).isEqualTo(Problem.HEADER_NOT_ALLOWED);
    assertThat(explanation.facts().header()).contains("");
  }

  @Test
  void whatIsNotKnownIsNotExplained() {
    assertThat(Explainer.explain("")).isEmpty();
    assertThat(Explainer.explain("Uncaught ReferenceError: fetsch is not defined")).isEmpty();
    assertThat(Explainer.nearest("Uncaught ReferenceError: fetsch is not defined")).isEmpty();
    assertThat(
            Explainer.nearest(
                "the Access-Control-Allow-Methods header does not allow Method PUT in the"
                    + " preflight response"))
        .hasValueSatisfying(line -> assertThat(line).contains("Method PUT is not allowed"));
  }

  private static Explanation one(String text) {
    List<Explanation> found = Explainer.explain(text);
    assertThat(found).as(text).hasSize(1);
    return found.get(0);
  }

  private static List<Problem> said(Explanation explanation) {
    List<Problem> said = new ArrayList<>(List.of(explanation.problem()));
    said.addAll(explanation.candidates());
    return said;
  }
}
