package dev.corsac.gateway.explain;

import dev.corsac.browser.Browser;
import dev.corsac.browser.CredentialsMode;
import dev.corsac.browser.Engine;
import dev.corsac.browser.Header;
import dev.corsac.browser.Headers;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageContext;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.Transport;
import dev.corsac.browser.TransportException;
import dev.corsac.browser.WireRequest;
import dev.corsac.browser.WireResponse;
import dev.corsac.gateway.http.MalformedMessageException;
import dev.corsac.gateway.http.Token;
import dev.corsac.gateway.route.ServingConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Explains what would come of a request under a configuration: what the gateway decides about each
 * message, and what the page and the console of each browser get. Nothing is sent, counted or
 * logged. Immutable.
 */
public final class Explainer {
  private static final int LONGEST_METHOD = 64;

  private static final Map<Engine, String> BROWSERS = browsers();

  private final Ruler ruler;

  public Explainer(ServingConfig config) {
    this.ruler = new Ruler(config);
  }

  private static Map<Engine, String> browsers() {
    Map<Engine, String> names = new LinkedHashMap<>();
    names.put(Engine.CHROMIUM, "Chromium");
    names.put(Engine.FIREFOX, "Firefox");
    names.put(Engine.WEBKIT, "WebKit");
    return names;
  }

  /**
   * The trace: {@code direct} is what is decided about the request by itself, {@code browsers} what
   * becomes of it when a page makes it, {@code page} why no page can.
   *
   * @throws InvalidQuestionException if what is asked about cannot be a request
   */
  public JsonObject explain(Question question) throws InvalidQuestionException {
    JsonObject trace = new JsonObject().put("direct", direct(question));
    JsonArray all = new JsonArray();
    if (question.origin().isEmpty()) {
      return trace
          .put("browsers", all)
          .put("page", "Without an origin it is not a page that asks, but another client.");
    }
    try {
      Page page =
          question.origin().equals("null")
              ? Page.opaque(PageContext.SANDBOXED_IFRAME)
              : Page.of(question.origin());
      PageRequest call = call(question);
      BROWSERS.forEach((engine, name) -> all.add(browser(engine, name, page, call)));
    } catch (IllegalArgumentException e) {
      trace.put("page", "No page makes this request. " + e.getMessage());
    }
    return trace.put("browsers", all);
  }

  private JsonObject direct(Question question) throws InvalidQuestionException {
    if (!Token.is(question.method()) || question.method().length() > LONGEST_METHOD) {
      throw new InvalidQuestionException("The method is not one. Write one such as GET or PUT.");
    }
    Headers headers = Headers.of(question.headers());
    if (!question.origin().isEmpty()) {
      headers = headers.with("Origin", question.origin());
    }
    try {
      String url = question.url();
      return message(question.method(), url, headers, ruler.rule(question.method(), url, headers));
    } catch (MalformedMessageException e) {
      throw new InvalidQuestionException(
          "The URL is not one that a request can have. Write one such as"
              + " https://api.example.com/orders.");
    }
  }

  private static PageRequest call(Question question) {
    PageRequest call =
        PageRequest.fetch(question.url())
            .method(question.method())
            .credentials(
                question.credentials() ? CredentialsMode.INCLUDE : CredentialsMode.SAME_ORIGIN);
    for (Header header : question.headers()) {
      call = call.header(header.name(), header.value());
    }
    return call;
  }

  private JsonObject browser(Engine engine, String name, Page page, PageRequest call) {
    List<JsonObject> messages = new ArrayList<>();
    Transport gateway = request -> respond(request, messages);
    Outcome outcome = Browser.builder(engine, gateway).build().load(page, call);
    JsonArray console = new JsonArray();
    outcome.warnings().forEach(console::add);
    JsonObject json =
        new JsonObject()
            .put("name", name)
            .put("messages", new JsonArray(new ArrayList<Object>(messages)));
    if (outcome instanceof Outcome.Blocked blocked) {
      String line = blocked.error().consoleLine(engine);
      if (line != null) {
        console.add(line);
      }
      json.put("outcome", "blocked").put("fix", blocked.error().cause().fix());
    } else if (outcome instanceof Outcome.Readable readable) {
      json.put("outcome", "readable").put("headers", headers(readable.headers()));
    } else if (outcome instanceof Outcome.Thrown thrown) {
      json.put("outcome", "thrown").put("fix", thrown.errorName() + ": " + thrown.rule());
    } else {
      json.put("outcome", "opaque");
    }
    return json.put("console", console);
  }

  private WireResponse respond(WireRequest request, List<JsonObject> messages)
      throws TransportException {
    try {
      Ruled ruled = ruler.rule(request.method(), request.url(), request.headers());
      messages.add(
          message(request.method(), request.url(), request.headers(), ruled)
              .put("preflight", request.isPreflight()));
      return WireResponse.of(ruled.status(), ruled.headers());
    } catch (MalformedMessageException e) {
      messages.add(
          new JsonObject()
              .put("method", request.method())
              .put("url", request.url())
              .put("reason", "malformed")
              .put("status", 400)
              .put(
                  "steps",
                  new JsonArray().add("The gateway refuses it with 400: it is malformed.")));
      return WireResponse.of(400);
    }
  }

  private static JsonObject message(String method, String url, Headers headers, Ruled ruled) {
    return new JsonObject()
        .put("method", method)
        .put("url", url)
        .put("request", lines(headers))
        .put("route", ruled.route())
        .put("reason", ruled.reason())
        .put("detail", ruled.detail())
        .put("key", ruled.key())
        .put("goes_on", ruled.goesOn())
        .put("status", ruled.status())
        .put("response", lines(ruled.headers()))
        .put("steps", new JsonArray(ruled.steps()));
  }

  private static JsonArray lines(Headers headers) {
    JsonArray lines = new JsonArray();
    headers.forEach(each -> lines.add(new JsonArray().add(each.name()).add(each.value())));
    return lines;
  }

  private static JsonArray headers(Map<String, String> headers) {
    return new JsonArray(List.copyOf(headers.keySet()));
  }
}
