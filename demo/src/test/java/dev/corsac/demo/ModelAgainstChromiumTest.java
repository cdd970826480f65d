package dev.corsac.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corsac.browser.Body;
import dev.corsac.browser.Browser;
import dev.corsac.browser.CredentialsMode;
import dev.corsac.browser.Engine;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.http.HttpTransport;
import dev.corsac.chromium.Chromium;
import dev.corsac.chromium.Tab;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The model of Chromium and Chromium itself, on the same pages, asking the same gateway. */
class ModelAgainstChromiumTest {

  /** A request, as JavaScript and as the model is told it. */
  private record Asked(String path, String options, boolean credentials, Change change) {}

  private interface Change {
    PageRequest of(PageRequest request);
  }

  private static final List<Asked> ASKED =
      List.of(
          new Asked("/api/data", "{}", false, request -> request),
          new Asked("/api/items?skip=0&limit=3", "{}", false, request -> request),
          new Asked("/nowhere", "{}", false, request -> request),
          new Asked("/protected", "{}", true, request -> request),
          new Asked("/login", "{method: 'POST'}", true, request -> request.method("POST")),
          new Asked("/protected", "{}", true, request -> request),
          new Asked("/api/data", "{method: 'PUT'}", false, request -> request.method("PUT")),
          new Asked("/api/data", "{method: 'patch'}", false, request -> request.method("patch")),
          new Asked(
              "/api/data",
              "{headers: {'X-Unlisted': '1'}}",
              false,
              request -> request.header("X-Unlisted", "1")),
          new Asked(
              "/api/data",
              "{method: 'POST', body: '{}', headers: {'Content-Type': 'application/json', 'X-Custom-Header': 'v'}}",
              false,
              request ->
                  request
                      .method("POST")
                      .header("Content-Type", "application/json")
                      .header("X-Custom-Header", "v")
                      .body(Body.text("{}"))));

  @Test
  void bothSayTheSame() throws IOException {
    try (Demo demo = Demo.start(Ports.ANY);
        Chromium chromium = Chromium.start();
        Tab tab = chromium.newTab()) {
      for (String page : List.of(demo.allowedPage(), demo.unlistedPage())) {
        tab.open(page);
        Browser model = Browser.builder(Engine.CHROMIUM, HttpTransport.create()).build();
        for (Asked asked : ASKED) {
          Outcome outcome = model.load(Page.of(page), request(demo, asked));
          assertThat(seenBy(outcome))
              .as("%s from %s%n%s", asked.path(), page, outcome.story())
              .isEqualTo(seenBy(tab, demo, asked));
          if (outcome instanceof Outcome.Blocked blocked) {
            assertThat(tab.console()).contains(blocked.error().consoleLine(Engine.CHROMIUM));
            assertThat(tab.failures())
                .extracting(Tab.Failure::corsError)
                .contains(blocked.error().cause().chromiumError());
          }
        }
      }
    }
  }

  private static PageRequest request(Demo demo, Asked asked) {
    PageRequest request = PageRequest.fetch(demo.api() + asked.path());
    return asked
        .change()
        .of(asked.credentials() ? request.credentials(CredentialsMode.INCLUDE) : request);
  }

  /** What JavaScript sees according to the model: nothing, or status, headers and body. */
  private static Map<String, String> seenBy(Outcome outcome) {
    Map<String, String> seen = new TreeMap<>();
    if (outcome instanceof Outcome.Readable readable) {
      seen.putAll(readable.headers());
      seen.put("(status)", Integer.toString(readable.status()));
      seen.put("(body)", readable.body());
    }
    return seen;
  }

  private static Map<String, String> seenBy(Tab tab, Demo demo, Asked asked) {
    JsonNode seen =
        tab.evaluate(
            "fetch('"
                + demo.api()
                + asked.path()
                + "', Object.assign("
                + asked.options()
                + (asked.credentials() ? ", {credentials: 'include'}" : "")
                + ")).then(async r => Object.assign(Object.fromEntries(r.headers),"
                + " {'(status)': String(r.status), '(body)': await r.text()}), e => ({}))");
    Map<String, String> map = new TreeMap<>();
    seen.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
    return map;
  }
}
