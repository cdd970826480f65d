package dev.corsac.lab;

import dev.corsac.browser.Header;
import dev.corsac.browser.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What a message means, in a sentence or two for somebody who reads about CORS the first time. */
final class Words {
  private final String who;
  private final Step step;
  private final String diagnosis;

  /**
   * Words about one page's request.
   *
   * @param who the page, as a sentence begins
   * @param diagnosis why the page cannot read the response, in a few words; empty if it can
   */
  Words(String who, Step step, String diagnosis) {
    this.who = who;
    this.step = step;
    this.diagnosis = diagnosis;
  }

  String call() {
    return who + (step.isWebSocket() ? " opens a WebSocket." : " calls fetch.");
  }

  String preflight(Headers asked) {
    List<String> reasons = new ArrayList<>();
    String method = Objects.requireNonNullElse(asked.get("Access-Control-Request-Method"), "");
    if (!List.of("GET", "HEAD", "POST").contains(method)) {
      reasons.add("the method is " + method);
    }
    List<String> names = new ArrayList<>();
    for (String name : asked.list("Access-Control-Request-Headers")) {
      if (name.equalsIgnoreCase("content-type")) {
        reasons.add("the Content-Type is " + contentType());
      } else {
        names.add(name);
      }
    }
    if (!names.isEmpty()) {
      reasons.add(
          (names.size() == 1 ? "the request has the header " : "the request has the headers ")
              + all(names));
    }
    return "Before it sends the "
        + method
        + ", the browser asks the server for permission. This question is called a preflight."
        + (reasons.isEmpty() ? "" : " It is needed because " + all(reasons) + ".");
  }

  private String contentType() {
    return step.headers().stream()
        .filter(header -> header.name().equalsIgnoreCase("Content-Type"))
        .map(header -> header.value().split(";", 2)[0].strip())
        .findFirst()
        .orElse("not one of the three that a form can send");
  }

  String preflightResponse(Headers headers, boolean refused) {
    if (refused) {
      return because() + "So the " + method() + " itself is never sent.";
    }
    String age = Objects.requireNonNullElse(headers.get("Access-Control-Max-Age"), "");
    return "The server allows the origin, the method and the headers. So the browser goes on."
        + (age.matches("[1-9][0-9]{0,8}")
            ? " It may remember this permission for up to " + age + " seconds."
            : "");
  }

  /**
   * The actual request.
   *
   * @param asked whether a preflight went before it
   * @param remembered whether one was needed and made before
   * @param leftOut why a cookie that the browser has is not there; empty if it has none
   */
  String request(Headers sent, boolean asked, boolean remembered, String leftOut) {
    String how;
    if (asked) {
      how = "Now the browser sends the " + method() + " itself.";
    } else if (remembered) {
      how =
          "The browser remembers the permission from before. It sends the "
              + method()
              + " at once.";
    } else if (step.isWebSocket()) {
      how =
          "The browser asks the server for a WebSocket. It asks for no permission, whatever page this is. It only sends the page's origin, in the header Origin.";
    } else if (step.mode().equals("no-cors")) {
      how = "In mode no-cors the browser sends the " + method() + " without asking first.";
    } else if (method().equals("HEAD")) {
      how = "The browser sends a HEAD without asking first, as it sends a GET.";
    } else {
      how =
          "A plain form could send a request like this. So the browser sends it without asking first.";
    }
    String cookie = sent.contains("Cookie") ? " It sends the cookie as well." : "";
    return how + dropped() + cookie + (leftOut.isEmpty() ? "" : " " + leftOut);
  }

  private String dropped() {
    List<String> names =
        step.headers().stream()
            .filter(Header::isForbiddenRequestHeader)
            .map(Header::name)
            .distinct()
            .toList();
    return names.isEmpty()
        ? ""
        : " It drops "
            + all(names)
            + ": a page may not write "
            + (names.size() == 1 ? "this header." : "these headers.");
  }

  String response(Recorded recorded, boolean refused, Report report) {
    String done;
    if (!recorded.ran()) {
      done = "The server refuses the request. The API does not run.";
    } else if (recorded.response().status() < 400) {
      done = "The API did what was asked, and responds.";
    } else {
      done = "The API got the request, and responds with an error.";
    }
    if (report.kind() == Report.Kind.OPAQUE) {
      return done + " In mode no-cors the page gets a response that it cannot look into.";
    }
    if (step.isWebSocket()) {
      return recorded.response().status() == 101
          ? "The server agrees, and sends its messages. The browser looks at no CORS header: CORS does not guard WebSockets."
          : done + " Without status 101 there is no WebSocket.";
    }
    if (refused) {
      return done + " " + because() + "So the browser does not give the response to the page.";
    }
    String allowed = recorded.response().headers().get("Access-Control-Allow-Origin");
    return done
        + ("*".equals(allowed)
            ? " The * allows every origin. So the browser gives the response to the page."
            : " The response names the origin of the page. So the browser gives the response to the page.");
  }

  String end(Report report, boolean ran, boolean nothingSent) {
    return switch (report.kind()) {
      case READABLE ->
          step.isWebSocket()
              ? "The page reads every message that the server sends."
              : "The page reads the response: status " + report.status() + ".";
      case OPAQUE -> "The page learns nothing: no status, no header, no body." + ran(ran);
      case THROWN -> "The call itself is wrong. The browser sends nothing.";
      case BLOCKED ->
          nothingSent
              ? "The browser sends nothing. " + because().strip()
              : "The page cannot read the response." + ran(ran);
      case SILENT -> "The browser has not said anything in ten seconds." + ran(ran);
    };
  }

  private static String ran(boolean ran) {
    return ran
        ? " But the request ran on the server. To block a response does not undo the request."
        : " The request did not run.";
  }

  private String because() {
    return diagnosis.isEmpty() ? "" : diagnosis + ". ";
  }

  private String method() {
    String upper = step.method().toUpperCase(Locale.ROOT);
    return List.of("DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT").contains(upper)
        ? upper
        : step.method();
  }

  /** {@code a, b and c}. */
  private static String all(List<String> parts) {
    int last = parts.size() - 1;
    return last == 0
        ? parts.get(0)
        : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }
}
