package dev.corsac.doctor.har;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsac.browser.Engine;
import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HarTest {
  private static final String APP = "https://app.example.com";
  private static final String API = "https://api.example.com";

  @Test
  void chromium() throws IOException {
    List<HarFinding> found = read(resource("chromium.har")).explain();
    assertThat(found)
        .extracting(HarTest::line)
        .containsExactly(
            "allow-origin-missing https://api.example.com/plain [1, 2]",
            "preflight-unauthorized https://api.example.com/items [4]",
            "error-without-headers https://api.example.com/broken [5]",
            "connection-refused http://localhost:9000/data [6]",
            "blocked-by-extension https://ads.example.net/track.js [7]",
            "mixed-content http://insecure.example.com/data [8]",
            "redirect-null-origin https://b.example.net/end [9]",
            "preflight-redirect-slash https://api.example.com/moved [12]",
            "allow-origin-wildcard https://api.example.com/me [13]",
            "vary-missing https://api.example.com/ok [14]",
            "no-max-age https://api.example.com/often [15, 17, 19]");
    assertThat(found)
        .allMatch(each -> each.explanation().browser().orElseThrow() == Engine.CHROMIUM);
    Facts refused = found.get(1).problemCase().facts();
    assertThat(refused.origin()).contains(APP);
    assertThat(refused.status()).contains("401");
  }

  @Test
  void firefox() throws IOException {
    List<HarFinding> found = read(resource("firefox.har")).explain();
    assertThat(found)
        .extracting(HarTest::line)
        .containsExactly(
            "header-not-allowed https://api.example.com/items [1]",
            "no-reason-given https://api.example.com/nothing [2]",
            "allow-origin-twice https://api.example.com/twice [3]",
            "cached-for-another-origin https://api.example.com/shared [5]",
            "vary-missing https://api.example.com/shared [4]");
    assertThat(found.get(0).problemCase().facts().header()).contains("x-custom");
    assertThat(found)
        .allMatch(each -> each.explanation().browser().orElseThrow() == Engine.FIREFOX);
  }

  @Test
  void safari() throws IOException {
    List<HarFinding> found = read(resource("safari.har")).explain();
    assertThat(found)
        .extracting(HarTest::line)
        .containsExactly(
            "method-case https://api.example.com/items/1 [1]",
            "allow-origin-mismatch https://api.example.com/data [2]");
    assertThat(found.get(1).problemCase().says())
        .isEqualTo(
            "https://api.example.com/data allows https://app.example.com/, which is not"
                + " https://app.example.com: the slash at the end is one character too many.");
    assertThat(found).allMatch(each -> each.explanation().browser().orElseThrow() == Engine.WEBKIT);
  }

  private static String line(HarFinding finding) {
    ProblemCase found = finding.problemCase();
    return found.problem().id() + " " + found.facts().url().orElse("") + " " + finding.entries();
  }

  @Test
  void nothingIsWrongWithWhatWorks() throws IOException {
    Har har =
        har(
            entry(
                "GET",
                API + "/a",
                "'Origin','" + APP + "'",
                200,
                "'Access-Control-Allow-Origin','" + APP + "','Vary','Accept, origin'"),
            entry(
                "GET",
                API + "/b",
                "'Origin','" + APP + "'",
                200,
                "'Access-Control-Allow-Origin','*'"),
            entry("GET", APP + "/c", "'Referer','" + APP + "/'", 500, "'X','y'"),
            entry(
                "PUT",
                API + "/d",
                "'Origin','" + APP + "','X-Custom','1'",
                200,
                "'Access-Control-Allow-Origin','*'"));
    assertThat(har.size()).isEqualTo(4);
    assertThat(har.explain()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "[]",
        "{}",
        "{\"log\": 1}",
        "{\"log\": {\"entries\": {}}}",
        "{\"log\": {\"entries\": [{\"request\": {\"method\": \"GET\"",
        "{\"log\": {\"entries\": [}}",
        "{\"log\": {\"entries\": [\"\\u00"
      })
  void whatIsNoHarIsRefusedWithItsPlace(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidHarException.class)
        .hasMessageStartingWith("This is not a HAR: line 1, column ")
        .hasMessageEndingWith("Save one from the network panel of the browser's developer tools.");
  }

  @Test
  void deepNestingAndLongNamesAreRefused() {
    assertThatThrownBy(() -> read("{\"log\": {\"x\": " + "[".repeat(100_000)))
        .isInstanceOf(InvalidHarException.class);
    assertThatThrownBy(
            () ->
                read(
                    "{\"log\": {\"entries\": [{\"request\": {\"url\": \""
                        + "x".repeat(2_000_000)
                        + "\"}}]}}"))
        .isInstanceOf(InvalidHarException.class);
  }

  @Test
  void wrongTypesAndMissingFieldsAreAsIfEmpty() throws IOException {
    Har har =
        read(
            """
            {"log": {"version": 1, "creator": [], "pages": {"id": 1}, "entries": [
              1, null, "x", [], {}, {"request": 1, "response": "x"},
              {"request": {"method": 5, "url": ["x"], "headers": {"a": 1}, "cookies": 1},
               "response": {"status": "200", "headers": [1, {"name": 5, "value": {}}, {"value": "x"}]}},
              {"request": {"method": "GET", "url": "https://api.example.com/",
                 "headers": [{"name": "Origin", "value": "https://app.example.com"}]},
               "response": {"status": 99999999999999999999999, "headers": null, "_error": 1}},
              {"request": {"method": "G ET", "url": "https://[", "headers": [{"name": "Origin", "value": "x y"}]},
               "response": {"status": -1, "headers": [{"name": "a b", "value": "\\u0000"}]}},
              {"request": {"method": "GET", "url": "https://api.example.com/1",
                 "headers": [{"name": "Origin", "value": "https://app.example.com"}]},
               "response": {"status": 7, "headers": []}}
            ]}}
            """);
    assertThat(har.size()).isEqualTo(10);
    assertThat(har.explain())
        .extracting(each -> each.problemCase().problem())
        .containsOnly(Problem.NO_REASON_GIVEN);
  }

  @Test
  void bodiesOfAnySizeArePassedOver() throws IOException {
    Har har = HarReader.read(withBody(1200));
    assertThat(har.explain())
        .extracting(each -> each.problemCase().problem())
        .containsExactly(Problem.ALLOW_ORIGIN_MISSING);
  }

  /** A HAR with one body, which is larger than the memory of this test. */
  private static InputStream withBody(int megabytes) {
    String before =
        "{\"log\": {\"entries\": [{\"request\": {\"method\": \"GET\", \"url\": \"https://api.example.com/\","
            + "\"headers\": [{\"name\": \"Origin\", \"value\": \"https://app.example.com\"}]},"
            + "\"response\": {\"content\": {\"text\": \"";
    String after = "\"}, \"status\": 200, \"headers\": []}}]}}";
    byte[] megabyte = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    List<InputStream> parts = new ArrayList<>();
    parts.add(stream(before));
    for (int i = 0; i < megabytes; i++) {
      parts.add(new ByteArrayInputStream(megabyte));
    }
    parts.add(stream(after));
    return new SequenceInputStream(Collections.enumeration(parts));
  }

  private static Har har(String... entries) throws IOException {
    return read("{'log': {'entries': [".replace('\'', '"') + String.join(",", entries) + "]}}");
  }

  private static String entry(String method, String url, String sent, int status, String answered) {
    return ("{'request': {'method': '%s', 'url': '%s', 'headers': [%s]},"
            + " 'response': {'status': %d, 'headers': [%s]}}")
        .formatted(method, url, pairs(sent), status, pairs(answered))
        .replace('\'', '"');
  }

  private static String pairs(String namesAndValues) {
    return namesAndValues.replaceAll("'([^']*)','([^']*)'", "{'name': '$1', 'value': '$2'}");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = HarTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Har read(String text) throws IOException {
    return HarReader.read(stream(text));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
