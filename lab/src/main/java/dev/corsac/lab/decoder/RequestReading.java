package dev.corsac.lab.decoder;

import dev.corsac.browser.Body;
import dev.corsac.browser.Browser;
import dev.corsac.browser.CredentialsMode;
import dev.corsac.browser.Engine;
import dev.corsac.browser.Exchange;
import dev.corsac.browser.Header;
import dev.corsac.browser.Headers;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.Transport;
import dev.corsac.browser.WireRequest;
import dev.corsac.browser.WireResponse;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** What a browser would do with a pasted request, and what the server has to say to it. */
final class RequestReading {
  private static final String EXAMPLE_PAGE = "https://app.example.com";
  private static final int LONGEST_BODY = 2000;

  private final PastedRequest request;
  private final Engine engine;
  private final String listed;
  private final String origin;
  private final List<String> sentences = new ArrayList<>();

  RequestReading(PastedRequest request, Engine engine, String listed) {
    this.request = request;
    this.engine = engine;
    this.listed = listed;
    this.origin = request.origin() == null ? EXAMPLE_PAGE : request.origin();
  }

  JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("kind", "request")
            .put("summary", request.method() + " " + request.url())
            .put("origin", request.origin() == null ? "" : origin)
            .put("command", command());
    if (request.origin() == null) {
      sentences.add(
          "The text does not say which page sends the request. Let us say that it is "
              + EXAMPLE_PAGE
              + ".");
    }
    if (origin.equals(PastedRequest.origin(request.url()))) {
      sentences.add(
          "The page and the URL are of one origin, so CORS plays no part. The browser sends the request and gives the response to the page.");
      return json.put("says", new JsonArray(sentences)).put("crosses", false);
    }
    sentences.add(
        "The page is of "
            + origin
            + ", and the URL is of another origin. So the page reads the response only if the server permits it.");
    nameMistakes();
    Outcome outcome;
    try {
      outcome = Browser.builder(engine, yes()).build().load(Page.of(origin), pageRequest());
    } catch (IllegalArgumentException notAskable) {
      return json.put("says", new JsonArray().add(notAskable.getMessage())).put("crosses", true);
    }
    Optional<Exchange> preflight = outcome.preflight();
    json.put("crosses", true).put("preflight", preflight.isPresent());
    if (outcome instanceof Outcome.Opaque) {
      sentences.add(
          "With mode no-cors the page learns nothing of the response, whatever the server says. Take mode away, and let the server permit the page.");
    } else if (outcome instanceof Outcome.Readable) {
      Headers asked = preflight.map(each -> each.request().headers()).orElse(Headers.of());
      sentences.add(preflightWords(preflight.isPresent(), asked));
      json.put("needs", needs(preflight.isPresent(), asked));
      if (request.credentials().equals("include")) {
        sentences.add(
            "This request may carry cookies. So * is not enough: the response has to name the origin of the page.");
      }
    } else {
      sentences.add("The browser does not send this at all: " + outcome + ".");
    }
    return json.put("says", new JsonArray(sentences))
        .put("policy", policy(origin))
        .put("experiment", experiment());
  }

  /** What people write among the headers and that does nothing there. */
  private void nameMistakes() {
    for (String name : request.dropped()) {
      sentences.add(
          "The browser drops "
              + name
              + ": only the browser itself sets it."
              + (name.equalsIgnoreCase("cookie")
                  ? " To send the cookies that the browser has, write credentials: 'include'."
                  : ""));
    }
    for (Header header : request.headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (name.startsWith("access-control-allow-")) {
        sentences.add(
            header.name()
                + " is a header of responses. A request that has it allows nothing, and needs one more permission. Take it away.");
      } else if (name.equals("credentials") || name.equals("mode")) {
        sentences.add(
            header.name()
                + " stands among the headers here. It is an option of fetch beside headers. Move it there.");
      }
    }
  }

  private String preflightWords(boolean needed, Headers asked) {
    if (!needed) {
      return "This request needs no preflight, so the browser sends it at once. The request runs on the server even if the page may not read the response.";
    }
    List<String> reasons = new ArrayList<>();
    if (!isSafelisted(request.method())) {
      reasons.add("the method is " + request.method());
    }
    for (String name : asked.list("Access-Control-Request-Headers")) {
      reasons.add(
          name.equalsIgnoreCase("content-type")
              ? "the Content-Type is not one of the three that a form can send"
              : "the request has the header " + name);
    }
    return "First the browser sends a preflight, an OPTIONS request, because "
        + String.join(" and ", reasons)
        + ". Without a yes, it never sends the "
        + request.method()
        + ".";
  }

  private JsonArray needs(boolean preflighted, Headers asked) {
    JsonArray needs = new JsonArray();
    List<String> common = new ArrayList<>(List.of("Access-Control-Allow-Origin: " + origin));
    if (request.credentials().equals("include")) {
      common.add("Access-Control-Allow-Credentials: true");
    }
    if (preflighted) {
      List<String> lines = new ArrayList<>(common);
      lines.add(0, "a status from 200 to 299, without a login");
      if (!isSafelisted(request.method())) {
        lines.add("Access-Control-Allow-Methods: " + request.method());
      }
      List<String> names = asked.list("Access-Control-Request-Headers");
      if (!names.isEmpty()) {
        lines.add("Access-Control-Allow-Headers: " + String.join(", ", names));
      }
      needs.add(
          new JsonObject().put("of", "The response to OPTIONS").put("lines", new JsonArray(lines)));
    }
    common.add("Vary: Origin");
    return needs.add(
        new JsonObject()
            .put("of", "The response to " + request.method())
            .put("lines", new JsonArray(common)));
  }

  /** The policy that lets it pass, and no more. */
  private String policy(String allowed) {
    StringBuilder yaml =
        new StringBuilder("cors:\n  allow_origins: [").append(Json.encode(allowed)).append("]\n");
    if (request.credentials().equals("include")) {
      yaml.append("  allow_credentials: true\n");
    }
    if (!isSafelisted(request.method())) {
      yaml.append("  allow_methods: [").append(Json.encode(request.method())).append("]\n");
    }
    List<String> names =
        request.headers().stream()
            .map(Header::name)
            .filter(name -> !isSafelistedHeader(name))
            .distinct()
            .map(Json::encode)
            .toList();
    if (!names.isEmpty()) {
      yaml.append("  allow_headers: [").append(String.join(", ", names)).append("]\n");
    }
    return yaml.append("  max_age: 3600\n").toString();
  }

  private JsonObject experiment() {
    JsonArray headers = new JsonArray();
    request.headers().forEach(h -> headers.add(new JsonArray().add(h.name()).add(h.value())));
    JsonObject step =
        new JsonObject()
            .put("method", request.method())
            .put("path", request.target())
            .put("headers", headers)
            .put("credentials", request.credentials())
            .put("mode", request.mode());
    if (request.body() != null && !isBodiless()) {
      step.put(
          "body",
          new JsonObject().put("type", request.isForm() ? "form" : "text").put("text", body()));
    }
    return new JsonObject().put("policy", policy(listed)).put("steps", new JsonArray().add(step));
  }

  private String command() {
    StringBuilder out = new StringBuilder("corsac doctor ").append(quoted(request.url()));
    out.append(" --origin ").append(quoted(origin));
    if (!request.method().equals("GET")) {
      out.append(" -X ").append(quoted(request.method()));
    }
    for (Header header : request.headers()) {
      out.append(" -H ").append(quoted(header.name() + ": " + header.value()));
    }
    if (request.credentials().equals("include")) {
      out.append(" --credentials include");
    }
    return out.toString();
  }

  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9_./:=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  private PageRequest pageRequest() {
    PageRequest asked =
        PageRequest.fetch(request.url())
            .method(request.method())
            .mode(request.mode())
            .credentials(credentials());
    for (Header header : request.headers()) {
      asked = asked.header(header.name(), header.value());
    }
    return request.body() == null || isBodiless()
        ? asked
        : asked.body(request.isForm() ? Body.form(body()) : Body.text(body()));
  }

  private CredentialsMode credentials() {
    return switch (request.credentials()) {
      case "include" -> CredentialsMode.INCLUDE;
      case "omit" -> CredentialsMode.OMIT;
      default -> CredentialsMode.SAME_ORIGIN;
    };
  }

  private boolean isBodiless() {
    return request.method().equals("GET") || request.method().equals("HEAD");
  }

  private String body() {
    String body = Objects.requireNonNullElse(request.body(), "");
    return body.substring(0, Math.min(body.length(), LONGEST_BODY));
  }

  private static boolean isSafelisted(String method) {
    return List.of("GET", "HEAD", "POST").contains(method);
  }

  /** Corsac's policies allow these without being told. */
  private static boolean isSafelistedHeader(String name) {
    return List.of("accept", "accept-language", "content-language", "content-type")
        .contains(name.toLowerCase(Locale.ROOT));
  }

  /** A server that allows all that is asked. */
  private static Transport yes() {
    return asked -> {
      Headers headers = asked.headers();
      Headers allowed =
          Headers.of(
              "Access-Control-Allow-Origin",
              Objects.requireNonNullElse(headers.get("Origin"), "*"),
              "Access-Control-Allow-Credentials",
              "true",
              "Access-Control-Allow-Methods",
              Objects.requireNonNullElse(headers.get("Access-Control-Request-Method"), ""));
      return WireResponse.of(200, withHeaders(asked, allowed));
    };
  }

  private static Headers withHeaders(WireRequest asked, Headers allowed) {
    String names = String.join(", ", asked.headers().list("Access-Control-Request-Headers"));
    return names.isEmpty() ? allowed : allowed.with("Access-Control-Allow-Headers", names);
  }
}
