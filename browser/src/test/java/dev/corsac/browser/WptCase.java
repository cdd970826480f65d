package dev.corsac.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Gives a case of web-platform-tests to the model and compares the outcome with the demand. */
final class WptCase {
  private final List<String> found = new ArrayList<>();

  private WptCase() {}

  /** What the model does otherwise; empty if it does as demanded. */
  static List<String> differences(JsonNode test) {
    WptCase run = new WptCase();
    try {
      run.run(test);
    } catch (RuntimeException cannotBeExpressed) {
      run.found.add("the model cannot express it: " + cannotBeExpressed);
    }
    return run.found;
  }

  private void run(JsonNode test) {
    WptServer server = new WptServer();
    server.put(test.path("server"));
    CorpusRun.ManualClock clock = new CorpusRun.ManualClock();
    Engine engine = Engine.valueOf(test.path("engine").asText("STANDARD"));
    Browser browser = Browser.builder(engine, server).clock(clock).build();
    for (JsonNode cookie : test.path("cookies")) {
      browser.cookies().set(cookie.get(0).asText(), cookie.get(1).asText());
    }
    for (JsonNode step : test.path("steps")) {
      server.put(step.path("server"));
      clock.advance(Duration.ofMillis(step.path("advanceMs").asLong(0)));
      Page page = page(step.has("page") ? step.get("page") : test.get("page"));
      compare(browser.load(page, request(step.get("request"))), step.get("expect"));
    }
  }

  private static Page page(JsonNode page) {
    ObjectNode copy = page.deepCopy();
    return Corpus.page(copy.put("context", page.path("context").asText("document")));
  }

  /** In the words of the recordings. */
  private static PageRequest request(JsonNode request) {
    ObjectNode copy = request.deepCopy();
    JsonNode body = copy.path("body");
    if (body.path("type").asText().equals("bytes")) {
      ((ObjectNode) body).put("type", "uint8array");
    }
    PageRequest asked = Corpus.request(copy);
    asked = request.path("sync").asBoolean() ? asked.synchronous() : asked;
    return request.path("uploadListener").asBoolean() ? asked.uploadListener(true) : asked;
  }

  private void compare(Outcome outcome, JsonNode expect) {
    String is = word(outcome);
    String wanted = expect.path("outcome").asText();
    boolean fits =
        switch (wanted) {
          case "rejected" -> is.equals("blocked") || is.equals("throws");
          case "loads" -> is.equals("readable") || is.equals("opaque");
          default -> is.equals(wanted);
        };
    if (!fits) {
      found.add("it is " + is + ", by WPT " + wanted + ": " + outcome.story());
    }
    if (outcome instanceof Outcome.Readable readable) {
      compareResponse(readable, expect);
    }
    List<Exchange> sent = outcome.transcript();
    check("preflights", expect, "preflights", count(sent));
    if (expect.has("requests")) {
      JsonNode requests = expect.get("requests");
      check("requests", sent.size(), requests.size());
      for (int i = 0; i < Math.min(sent.size(), requests.size()); i++) {
        compareRequest("request " + (i + 1), sent.get(i).request(), requests.get(i));
      }
    }
    if (expect.has("lastRequest")) {
      if (sent.isEmpty()) {
        found.add("no request was sent");
      } else {
        compareRequest("request", sent.get(sent.size() - 1).request(), expect.get("lastRequest"));
      }
    }
  }

  private static String word(Outcome outcome) {
    return outcome instanceof Outcome.Readable
        ? "readable"
        : outcome instanceof Outcome.Opaque opaque
            ? opaque.type().toString()
            : outcome instanceof Outcome.Thrown ? "throws" : "blocked";
  }

  private static int count(List<Exchange> sent) {
    return (int) sent.stream().filter(exchange -> exchange.request().isPreflight()).count();
  }

  private void compareResponse(Outcome.Readable readable, JsonNode expect) {
    check("status", expect, "status", readable.status());
    check("type", expect, "type", readable.type().toString());
    check("url", expect, "url", readable.url());
    check("redirected", expect, "redirected", readable.redirected());
    check("body", expect, "body", readable.body());
    eachOf(
        expect.path("headers"),
        (name, value) -> check("response header " + name, readable.header(name), text(value)));
  }

  private void compareRequest(String which, WireRequest request, JsonNode expect) {
    check(which + ": method", expect, "method", request.method());
    check(which + ": preflight", expect, "preflight", request.isPreflight());
    check(which + ": url", expect, "url", request.url());
    check(which + ": Origin", expect, "origin", request.header("Origin"));
    check(which + ": ACRM", expect, "acrm", request.header("Access-Control-Request-Method"));
    check(which + ": ACRH", expect, "acrh", request.header("Access-Control-Request-Headers"));
    check(which + ": Cookie", expect, "cookie", request.header("Cookie"));
    check(which + ": body", expect, "body", new String(request.body(), StandardCharsets.UTF_8));
    eachOf(
        expect.path("headers"),
        (name, value) -> check(which + ": " + name, request.header(name), text(value)));
    eachOf(
        expect.path("notHeaders"),
        (name, value) -> {
          if (Objects.equals(request.header(name), text(value))) {
            found.add(which + ": " + name + " is " + value + ", which WPT forbids");
          }
        });
    eachOf(
        expect.path("headerStarts"),
        (name, value) -> {
          String has = Objects.requireNonNullElse(request.header(name), "");
          if (!has.startsWith(value.asText())) {
            found.add(which + ": " + name + " is " + has + ", by WPT it starts with " + value);
          }
        });
    for (JsonNode line : expect.path("headerLines")) {
      if (!request.headers().lines().toString().contains(line.asText())) {
        found.add(which + ": no line " + line + " in " + request.headers());
      }
    }
  }

  private static void eachOf(JsonNode members, BiConsumer<String, JsonNode> each) {
    members.properties().forEach(member -> each.accept(member.getKey(), member.getValue()));
  }

  private static @Nullable String text(JsonNode node) {
    return node.isNull() ? null : node.asText();
  }

  /** Only what is demanded. */
  private void check(String what, JsonNode expect, String member, @Nullable Object model) {
    if (expect.has(member)) {
      check(what, model == null ? null : model.toString(), text(expect.get(member)));
    }
  }

  private void check(String what, @Nullable Object model, @Nullable Object wanted) {
    if (!Objects.equals(model, wanted)) {
      found.add(what + " is " + model + ", by WPT " + wanted);
    }
  }
}
