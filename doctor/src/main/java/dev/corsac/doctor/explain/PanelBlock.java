package dev.corsac.doctor.explain;

import dev.corsac.browser.Browser;
import dev.corsac.browser.CredentialsMode;
import dev.corsac.browser.Engine;
import dev.corsac.browser.Header;
import dev.corsac.browser.Headers;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.WireResponse;
import dev.corsac.doctor.problem.Fact;
import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request as the network panel of a browser, or curl, shows it: URL, method, status and headers,
 * each on a line of its own, as far as they were copied.
 */
final class PanelBlock {
  private static final int MOST_LINES = 2000;
  private static final int MOST_HEADERS = 200;

  private static final Pattern NAMED =
      Pattern.compile("^[<>*]?\\s*:?([A-Za-z][A-Za-z0-9 _-]{1,60}):\\s*(.*)$");
  private static final Pattern STATUS = Pattern.compile("(\\d{3})(?!\\d).*");
  private static final Pattern STATUS_LINE =
      Pattern.compile("^[<>*]?\\s*HTTP/[\\d.]{1,3} (\\d{3})(?!\\d).*");
  private static final Pattern REQUEST_LINE =
      Pattern.compile("^[<>*]?\\s*([A-Z]{3,7}) (/\\S*) HTTP/[\\d.]{1,3}$");

  /** Newer panels put a name on one line, and its value on the next. */
  private static final Set<String> NAMES =
      Set.of("request url", "request method", "status code", "status", "url", "method", "origin");

  /** What a request has, and no response. */
  private static final Set<String> OF_REQUEST =
      Set.of(
          "accept",
          "accept-encoding",
          "accept-language",
          "authorization",
          "cookie",
          "host",
          "origin",
          "referer",
          "user-agent",
          "access-control-request-headers",
          "access-control-request-method");

  private final List<Header> request = new ArrayList<>();
  private final List<Header> response = new ArrayList<>();
  private String url = "";
  private String path = "";
  private String method = "";
  private int status;
  private boolean fromCache;

  private PanelBlock() {}

  /** The blocks in a text, in their order; a block has a status at least. */
  static List<PanelBlock> in(String text) {
    List<PanelBlock> blocks = new ArrayList<>();
    PanelBlock block = new PanelBlock();
    String[] lines = text.split("\n", MOST_LINES);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      String name = line.toLowerCase(Locale.ROOT).replaceFirst(":$", "");
      Matcher named = NAMED.matcher(line);
      String value = "";
      if (named.matches() && !named.group(2).isEmpty()) {
        name = named.group(1).toLowerCase(Locale.ROOT);
        value = named.group(2);
      } else if ((NAMES.contains(name) || name.startsWith("access-control-"))
          && i + 1 < lines.length) {
        value = lines[++i].strip();
      }
      if (block.begins(name, line)) {
        block.addTo(blocks);
        block = new PanelBlock();
      }
      block.read(name, value, line);
    }
    block.addTo(blocks);
    return blocks;
  }

  private void addTo(List<PanelBlock> blocks) {
    if (status != 0) {
      blocks.add(this);
    }
  }

  private boolean begins(String name, String line) {
    return switch (name) {
      case "request url", "url" -> !url.isEmpty();
      case "status code", "status" -> false;
      default ->
          status != 0
              && (REQUEST_LINE.matcher(line).matches() || STATUS_LINE.matcher(line).matches());
    };
  }

  private void read(String name, String value, String line) {
    Matcher statusLine = STATUS_LINE.matcher(line);
    Matcher requestLine = REQUEST_LINE.matcher(line);
    if (statusLine.matches()) {
      status = Integer.parseInt(statusLine.group(1));
      return;
    }
    if (requestLine.matches()) {
      method = requestLine.group(1);
      path = requestLine.group(2);
      return;
    }
    switch (name) {
      case "request url", "url" -> url = value.contains("://") ? firstWord(value) : url;
      case "request method", "method" -> method = firstWord(value);
      case "status code", "status" -> {
        Matcher digits = STATUS.matcher(value);
        if (digits.matches()) {
          status = Integer.parseInt(digits.group(1));
          fromCache = value.contains("from disk cache") || value.contains("from memory cache");
        }
      }
      default -> header(name, value);
    }
  }

  private static String firstWord(String value) {
    return value.split(" ", 2)[0];
  }

  private void header(String name, String value) {
    if (value.isEmpty() || name.indexOf(' ') >= 0 || (value.contains("://") && !isOfOrigin(name))) {
      return;
    }
    List<Header> headers =
        OF_REQUEST.contains(name) || name.startsWith("sec-") ? request : response;
    if (headers.size() < MOST_HEADERS) {
      headers.add(new Header(name, value));
    }
  }

  private static boolean isOfOrigin(String name) {
    return Set.of("origin", "referer", "access-control-allow-origin", "location").contains(name);
  }

  /** What was asked for, empty if that was not copied. */
  String url() {
    String host = Headers.of(request).get("host");
    return url.isEmpty() && host != null && !path.isEmpty() ? "https://" + host + path : url;
  }

  boolean isPreflight() {
    return method.equals("OPTIONS");
  }

  boolean isFromCache() {
    return fromCache;
  }

  /** What it tells of the request of a line that names its URL. */
  Facts facts() {
    return Facts.of(Fact.STATUS, String.valueOf(status))
        .with(Fact.METHOD, method.isEmpty() || isPreflight() ? null : method)
        .with(Fact.ORIGIN, Headers.of(request).get("origin"));
  }

  /** What the browser made of it; empty if the page may read it. */
  Optional<Explanation> explanation() {
    Facts facts = facts().with(Fact.URL, url().isEmpty() ? null : url());
    Problem problem = replayed();
    if (problem == null && (isPreflight() ? status >= 300 || status < 200 : status >= 400)) {
      problem =
          isPreflight()
              ? Problem.ofPreflightStatus(status)
              : isReadable() ? Problem.HTTP_ERROR : Problem.ERROR_WITHOUT_HEADERS;
    }
    return Optional.ofNullable(problem)
        .map(found -> Explanation.of(null, ProblemCase.told(found, facts), List.of()));
  }

  private boolean isReadable() {
    return Headers.of(response).contains("access-control-allow-origin")
        || !Headers.of(request).contains("origin");
  }

  private @Nullable Problem replayed() {
    Headers sent = Headers.of(request);
    String origin = sent.get("origin");
    if (origin == null || url().isEmpty()) {
      return null;
    }
    try {
      String asked = sent.get("access-control-request-method");
      PageRequest page =
          PageRequest.fetch(url())
              .method(asked != null ? asked : isPreflight() || method.isEmpty() ? "GET" : method);
      for (String name : sent.list("access-control-request-headers")) {
        page = page.header(name, name.equalsIgnoreCase("content-type") ? "application/json" : "x");
      }
      if (isPreflight() && asked == null && !sent.contains("access-control-request-headers")) {
        page = page.method("PUT");
      }
      if (sent.contains("cookie")) {
        page = page.credentials(CredentialsMode.INCLUDE);
      }
      WireResponse copied = WireResponse.of(status, Headers.of(response));
      Outcome outcome =
          Browser.builder(
                  Engine.CHROMIUM,
                  wire -> wire.isPreflight() && !isPreflight() ? granted(wire.headers()) : copied)
              .build()
              .load(Page.of(origin), page);
      return outcome instanceof Outcome.Blocked blocked ? ProblemCase.of(blocked).problem() : null;
    } catch (IllegalArgumentException noUrl) {
      return null;
    }
  }

  /** A request that was sent had passed its preflight. */
  private static WireResponse granted(Headers asked) {
    return WireResponse.of(
        204,
        "Access-Control-Allow-Origin",
        orEmpty(asked.get("Origin")),
        "Access-Control-Allow-Credentials",
        "true",
        "Access-Control-Allow-Methods",
        orEmpty(asked.get("Access-Control-Request-Method")),
        "Access-Control-Allow-Headers",
        orEmpty(asked.get("Access-Control-Request-Headers")));
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}
