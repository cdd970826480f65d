package dev.corsac.chromium;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** One tab: goes to pages, runs JavaScript in them, and keeps what the browser said meanwhile. */
public final class Tab implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What the browser says of an expression whose page went away meanwhile. */
  private static final List<String> GONE =
      List.of("Inspected target navigated or closed", "Execution context was destroyed");

  /**
   * A request that the browser did not let through.
   *
   * @param url what was asked
   * @param error the network error, such as {@code net::ERR_FAILED}
   * @param corsError the browser's name for the CORS failure, such as {@code
   *     MissingAllowOriginHeader}; empty if it was none
   */
  public record Failure(String url, String error, String corsError) {}

  private final Chromium chromium;
  private final DevTools devTools;
  private final String context;
  private final String target;
  private final String session;
  private final List<String> console = new CopyOnWriteArrayList<>();
  private final List<Failure> failures = new CopyOnWriteArrayList<>();
  private final Set<String> corsErrors = new CopyOnWriteArraySet<>();
  private final Map<String, String> urls = new ConcurrentHashMap<>();

  Tab(Chromium chromium, DevTools devTools, String context, String target, String session) {
    this.chromium = chromium;
    this.devTools = devTools;
    this.context = context;
    this.target = target;
    this.session = session;
    devTools.onEvent(session, this::event);
    for (String domain : List.of("Page", "Runtime", "Network", "Log", "Audits")) {
      call(domain + ".enable", json());
    }
  }

  /** Opens an empty tab that shares this one's cookies and caches. */
  public Tab sibling() {
    return chromium.newTab(context);
  }

  /** Goes to a page and waits until it is loaded. */
  public Tab open(String url) {
    JsonNode answer = call("Page.navigate", json().put("url", url));
    if (answer.has("errorText")) {
      throw new IllegalStateException(url + ": " + answer.path("errorText").asText());
    }
    await("document.readyState === 'complete' && location.href !== 'about:blank'");
    return this;
  }

  /**
   * Runs an expression, waits for its promise if it is one, and returns its value.
   *
   * @throws IllegalStateException with the error if it throws
   */
  public JsonNode evaluate(String javaScript) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            json()
                .put("expression", javaScript)
                .put("awaitPromise", true)
                .put("returnByValue", true)
                .put("userGesture", true));
    if (answer.has("exceptionDetails")) {
      JsonNode exception = answer.path("exceptionDetails").path("exception");
      throw new IllegalStateException(
          exception.path("description").asText(exception.path("value").asText()));
    }
    return answer.path("result").path("value");
  }

  /** Runs an expression that may leave the page before it ends. */
  public void leave(String javaScript) {
    try {
      evaluate(javaScript);
    } catch (IllegalStateException e) {
      if (!isOfPageGone(e)) {
        throw e;
      }
    }
  }

  private static boolean isOfPageGone(IllegalStateException e) {
    return GONE.stream().anyMatch(String.valueOf(e.getCause())::contains);
  }

  /** Waits until an expression is true, in this page or in one that comes instead of it. */
  public Tab await(String condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isTrue(condition)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("never came true: " + condition);
      }
      sleep(Duration.ofMillis(20));
    }
    return this;
  }

  private boolean isTrue(String condition) {
    try {
      return evaluate("Boolean(" + condition + ")").asBoolean();
    } catch (IllegalStateException e) {
      if (isOfPageGone(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Clicks on the middle of the first element that a selector matches, as a mouse would. */
  public Tab click(String selector) {
    JsonNode at =
        evaluate(
            "(() => { const e = document.querySelector("
                + TextNode.valueOf(selector)
                + "); e.scrollIntoView({block: 'center', behavior: 'instant'});"
                + " const r = e.getBoundingClientRect();"
                + " return [r.x + r.width / 2, r.y + r.height / 2]; })()");
    for (String type : List.of("mousePressed", "mouseReleased")) {
      call(
          "Input.dispatchMouseEvent",
          json()
              .put("type", type)
              .put("x", at.path(0).asDouble())
              .put("y", at.path(1).asDouble())
              .put("button", "left")
              .put("clickCount", 1));
    }
    return this;
  }

  /** The text that the first element that a selector matches shows. */
  public String text(String selector) {
    return evaluate("document.querySelector(" + TextNode.valueOf(selector) + ").innerText")
        .asText();
  }

  /** What the console shows, oldest first: the browser's messages and the page's own. */
  public List<String> console() {
    return List.copyOf(console);
  }

  /** The requests that failed, oldest first. */
  public List<Failure> failures() {
    return List.copyOf(failures);
  }

  /**
   * The names of the CORS errors, oldest first, each once: also of requests that were never sent,
   * which the browser reports as issues only.
   */
  public List<String> corsErrors() {
    return List.copyOf(corsErrors);
  }

  /**
   * Waits until there is one of the {@link #corsErrors}, which may come after the page knows.
   *
   * @return the names there are; none if none came
   */
  public List<String> awaitCorsError() {
    awaitOr(() -> !corsErrors.isEmpty());
    return corsErrors();
  }

  /**
   * Waits until the console shows this line, which may come after the page knows.
   *
   * @return what the console shows, whether or not the line came
   */
  public List<String> awaitConsole(String line) {
    awaitOr(() -> console.contains(line));
    return console();
  }

  private static void awaitOr(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      sleep(Duration.ofMillis(20));
    }
  }

  /** Presses a key, such as {@code Tab} or {@code Enter}, as a keyboard would. */
  public Tab press(String key) {
    String text =
        switch (key) {
          case "Enter" -> "\r";
          case "Space" -> " ";
          default -> "";
        };
    int code =
        switch (key) {
          case "Tab" -> 9;
          case "Enter" -> 13;
          case "Space" -> 32;
          case "ArrowDown" -> 40;
          default -> throw new IllegalArgumentException("no such key: " + key);
        };
    for (String type : List.of("keyDown", "keyUp")) {
      ObjectNode event =
          json()
              .put("type", type)
              .put("key", key.equals("Space") ? " " : key)
              .put("code", key)
              .put("windowsVirtualKeyCode", code);
      if (type.equals("keyDown") && !text.isEmpty()) {
        event.put("text", text);
      }
      call("Input.dispatchKeyEvent", event);
    }
    return this;
  }

  /** Gives the window a size, and the user the wish for a dark page or a light one. */
  public Tab window(int width, int height, boolean dark) {
    ObjectNode media = json();
    media
        .putArray("features")
        .add(json().put("name", "prefers-color-scheme").put("value", dark ? "dark" : "light"));
    call("Emulation.setEmulatedMedia", media);
    call(
        "Emulation.setDeviceMetricsOverride",
        json()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", width < 600));
    return this;
  }

  /** Writes a picture of the whole page, as a window of this size shows it, to a PNG file. */
  public void screenshot(Path file, int width, int height) {
    window(width, height, false);
    JsonNode picture =
        call(
            "Page.captureScreenshot",
            json().put("format", "png").put("captureBeyondViewport", true));
    try {
      Files.write(file, Base64.getDecoder().decode(picture.path("data").asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    devTools.call(null, "Target.closeTarget", json().put("targetId", target));
    devTools.forget(session);
  }

  private void event(String method, JsonNode event) {
    switch (method) {
      case "Log.entryAdded" -> console.add(event.path("entry").path("text").asText());
      case "Runtime.consoleAPICalled" -> {
        JsonNode first = event.path("args").path(0);
        console.add(first.path("value").asText(first.path("description").asText()));
      }
      case "Network.requestWillBeSent" ->
          urls.put(event.path("requestId").asText(), event.path("request").path("url").asText());
      case "Network.loadingFailed" -> {
        String corsError = event.path("corsErrorStatus").path("corsError").asText();
        String url = urls.getOrDefault(event.path("requestId").asText(), "");
        failures.add(new Failure(url, event.path("errorText").asText(), corsError));
        addCorsError(corsError);
      }
      case "Audits.issueAdded" -> {
        JsonNode issue = event.path("issue").path("details").path("corsIssueDetails");
        if (!issue.path("isWarning").asBoolean()) {
          addCorsError(issue.path("corsErrorStatus").path("corsError").asText());
        }
      }
      default -> {}
    }
  }

  private void addCorsError(String name) {
    if (!name.isEmpty()) {
      corsErrors.add(name);
    }
  }

  private JsonNode call(String method, ObjectNode parameters) {
    return devTools.call(session, method, parameters);
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }

  static void sleep(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }
}
