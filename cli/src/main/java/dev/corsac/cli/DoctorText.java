package dev.corsac.cli;

import dev.corsac.browser.Engine;
import dev.corsac.browser.Exchange;
import dev.corsac.browser.Header;
import dev.corsac.browser.WireRequest;
import dev.corsac.browser.WireResponse;
import dev.corsac.doctor.DecidingHeader;
import dev.corsac.doctor.Diagnosis;
import dev.corsac.doctor.Verdict;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import dev.corsac.doctor.problem.Stack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A diagnosis for people: the verdict first, then what to change, then how one can see it. */
final class DoctorText {
  private static final Map<Engine, String> BROWSERS =
      Map.of(Engine.CHROMIUM, "Chromium", Engine.FIREFOX, "Firefox", Engine.WEBKIT, "Safari");
  private static final int MAX_HEADERS = 40;
  private static final int MAX_VALUE = 400;

  /** A sentence repeats what a server sent, which may be a quarter of a megabyte. */
  private static final int MAX_SENTENCE = 1000;

  private final Report report;
  private final Diagnosis diagnosis;
  private final @Nullable Stack stack;

  DoctorText(Report report, Diagnosis diagnosis, @Nullable Stack stack) {
    this.report = report;
    this.diagnosis = diagnosis;
    this.stack = stack;
  }

  void print() {
    String page = diagnosis.page().origin();
    String browser = BROWSERS.getOrDefault(diagnosis.engine(), "");
    switch (diagnosis.verdict()) {
      case READABLE ->
          report.verdict(
              "green", "READABLE ", "In " + browser + " pages of " + page + " can " + what() + ".");
      case BLOCKED ->
          report.verdict(
              "red",
              "BLOCKED ",
              isWebSocket()
                  ? "Pages of " + page + " cannot open this WebSocket."
                  : browser + " keeps this response from pages of " + page + ".");
      case UNREACHABLE -> report.verdict("yellow", "UNREACHABLE ", "There is no response to read.");
    }
    diagnosis.problem().ifPresent(this::printProblem);
    printNotes();
    printExchanges();
    printConsole();
    if (!diagnosis.curl().isEmpty()) {
      report.heading("The same from a shell");
      diagnosis.curl().forEach(command -> report.line("  ", command));
    }
  }

  private boolean isWebSocket() {
    return diagnosis.request().url().regionMatches(true, 0, "ws", 0, 2);
  }

  private String what() {
    return isWebSocket() ? "open this WebSocket; CORS has no part in it" : "read this response";
  }

  private void printProblem(Problem problem) {
    report.blank();
    report.item("  cause", abbreviated(diagnosis.says(), MAX_SENTENCE));
    report.item("  why", problem.why());
    report.item("  fix", abbreviated(diagnosis.fix(), MAX_SENTENCE));
    report.item("  more", page(problem));
    Optional<StackChoice> choice = StackChoice.of(stack, diagnosis);
    choice.ifPresent(
        chosen ->
            diagnosis
                .remedy(chosen.stack())
                .ifPresent(
                    remedy ->
                        report.remedy("In " + chosen.stack().title() + chosen.reason(), remedy)));
    if (choice.isEmpty()
        && !diagnosis.isElsewhere()
        && diagnosis.remedy(Stack.CORSAC).isPresent()) {
      report.item("  how", "in your server: --stack NAME, one of " + StackChoice.names());
    }
  }

  private static String page(Problem problem) {
    return Manual.PROBLEM.command(problem.id());
  }

  private void printNotes() {
    List<ProblemCase> notes = diagnosis.remarks();
    if (notes.isEmpty()) {
      return;
    }
    report.heading("Also");
    for (ProblemCase note : notes) {
      String says = abbreviated(note.says(), MAX_SENTENCE);
      boolean nothingToDo = note.problem() == Problem.PREFLIGHT_NEEDED;
      report.item("  -", nothingToDo ? says : says + " " + note.problem().fix());
      report.item("", page(note.problem()));
    }
  }

  private void printExchanges() {
    List<Exchange> exchanges = diagnosis.exchanges();
    if (exchanges.isEmpty()) {
      return;
    }
    report.heading("What was sent, and what came back");
    for (int i = 0; i < exchanges.size(); i++) {
      if (i > 0) {
        report.blank();
      }
      int index = i;
      DecidingHeader mark =
          diagnosis.decidingHeader().filter(each -> each.exchange() == index).orElse(null);
      printExchange(exchanges.get(i), mark);
    }
    if (diagnosis.verdict() == Verdict.UNREACHABLE) {
      return;
    }
    report.blank();
    report.item(
        "  and",
        "User-Agent, Accept-Language, Referer and Sec-Fetch-*, as "
            + BROWSERS.getOrDefault(diagnosis.engine(), "a browser")
            + " sends them");
  }

  private void printExchange(Exchange exchange, @Nullable DecidingHeader mark) {
    WireRequest request = exchange.request();
    report.line(
        "  > ",
        "bold",
        request.method() + " " + request.url() + (request.isPreflight() ? "   (preflight)" : ""));
    request.headers().forEach(header -> report.line("  > ", header.toString()));
    WireResponse response = exchange.response();
    if (response == null) {
      report.line("  < ", "bold,yellow", "no response: " + exchange.failure());
      return;
    }
    boolean onStatus = mark != null && mark.header().isEmpty();
    report.line(
        "  < ",
        onStatus ? "bold,red" : "bold",
        response.status() + (onStatus ? "   <-- this decides" : ""));
    List<Header> lines = response.headers().lines();
    for (Header header : lines.subList(0, Math.min(MAX_HEADERS, lines.size()))) {
      boolean marked = mark != null && header.name().equalsIgnoreCase(mark.header());
      String text = abbreviated(header.toString(), MAX_VALUE);
      if (marked) {
        report.line("  < ", "bold,red", text + "   <-- this decides");
      } else {
        report.line("  < ", text);
      }
    }
    if (lines.size() > MAX_HEADERS) {
      report.line("  < ", "faint", "and " + (lines.size() - MAX_HEADERS) + " headers more");
    }
    if (mark != null && !mark.header().isEmpty() && !response.headers().contains(mark.header())) {
      report.line("  < ", "bold,red", "(no " + mark.header() + ")   <-- this decides");
    }
  }

  private static String abbreviated(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + "...";
  }

  private void printConsole() {
    List<Engine> speaking =
        BROWSERS.keySet().stream()
            .sorted()
            .filter(each -> diagnosis.consoleLine(each).isPresent())
            .toList();
    if (speaking.isEmpty()) {
      return;
    }
    report.heading("What the consoles say");
    for (Engine each : speaking) {
      report.item(
          "  " + BROWSERS.getOrDefault(each, ""),
          diagnosis.consoleLine(each).map(line -> abbreviated(line, MAX_VALUE)).orElse(""));
    }
  }
}
