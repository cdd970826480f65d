package dev.corsac.cli;

import dev.corsac.browser.Headers;
import dev.corsac.browser.WireRequest;
import dev.corsac.browser.http.HttpTransport;
import dev.corsac.cli.option.HeaderOption;
import dev.corsac.cli.option.RateOption;
import dev.corsac.cli.option.SecondsOption;
import dev.corsac.cli.option.StackOption;
import dev.corsac.cli.text.Printable;
import dev.corsac.cli.text.TerminalStyle;
import dev.corsac.doctor.audit.Audit;
import dev.corsac.doctor.audit.AuditReport;
import dev.corsac.doctor.audit.Check.Severity;
import dev.corsac.doctor.problem.Stack;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code corsac audit}: probes a running server for dangerous policies. */
@Command(
    name = "audit",
    description = {
      "Probes a running server for CORS policies that let the wrong ones in: some hundred GET and OPTIONS requests.",
      "Audit only servers that you are allowed to test. corsac check ID explains each check.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing found that --fail-on names",
      "1:something found",
      "2:wrong arguments, or not confirmed",
      "3:the server does not respond, or ceased to before anything was found"
    })
final class AuditCommand implements Callable<Integer> {
  enum Format {
    text,
    json,
    sarif
  }

  @Parameters(
      paramLabel = "URL",
      description = "What to ask, such as https://api.example.com/data.")
  private String url = "";

  @Option(
      names = "--origin",
      paramLabel = "ORIGIN",
      description =
          "An origin that should be allowed, such as https://app.example.com: what looks like it should not."
              + " Repeatable. Without it the server's own site and what its responses name are tried.")
  private List<String> origins = new ArrayList<>();

  @Option(
      names = "--credentials",
      paramLabel = "'NAME: VALUE'",
      converter = HeaderOption.Converter.class,
      description = "Cookie or Authorization of a signed-in user. Sent, but never printed.")
  private List<HeaderOption> credentials = new ArrayList<>();

  @Option(
      names = "--header",
      paramLabel = "'NAME: VALUE'",
      converter = HeaderOption.Converter.class,
      description =
          "A header that pages add to their requests. Repeatable. Sent, but never printed.")
  private List<HeaderOption> headers = new ArrayList<>();

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      defaultValue = "GET",
      description = "Default: ${DEFAULT-VALUE}. Any other may change something; HEAD does not.")
  private String method = "GET";

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "10",
      converter = RateOption.class,
      description = "The most requests a second. Default: ${DEFAULT-VALUE}.")
  private double rate;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      converter = SecondsOption.class,
      description = "How long to wait for a response. Default: ${DEFAULT-VALUE}.")
  private Duration timeout = Duration.ofSeconds(10);

  @Option(names = "--yes", description = "You are allowed to test that server: do not ask.")
  private boolean yes;

  @Option(
      names = "--format",
      defaultValue = "text",
      description =
          "How to print findings: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}; sarif is SARIF 2.1.0.")
  private Format format = Format.text;

  @Option(
      names = "--stack",
      paramLabel = "STACK",
      converter = StackOption.class,
      completionCandidates = StackOption.Names.class,
      description = "With text, also say how to mend it there: ${COMPLETION-CANDIDATES}.")
  private @Nullable Stack stack;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      defaultValue = "low",
      description =
          "The least that makes the exit code 1: critical, high, medium, low, info. Default: ${DEFAULT-VALUE}.")
  private Severity failOn = Severity.LOW;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Audit audit = audit();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    confirm(audit);
    AuditReport report;
    try {
      report = audit.run();
    } catch (IOException noAnswer) {
      err.print(
          new TerminalStyle(spec.commandLine().getColorScheme())
              .paragraph(
                  "bold,red",
                  "No response",
                  " from " + audit.url() + ": " + noAnswer.getMessage() + "."));
      return 3;
    }
    switch (format) {
      case text -> new AuditText(out, spec.commandLine().getColorScheme()).print(report, stack);
      case json -> out.println(AuditJson.of(report));
      case sarif -> out.println(AuditSarif.of(report));
    }
    if (format != Format.text) {
      // Findings alone do not say how far the audit came.
      report.stopped().ifPresent(why -> err.println(Printable.text(why)));
      report.notes().forEach(note -> err.println(Printable.text(note)));
    }
    if (report.findings().stream().anyMatch(each -> each.severity().isAtLeast(failOn))) {
      return 1;
    }
    return report.stopped().isPresent() ? 3 : 0;
  }

  private Audit audit() {
    Audit.Builder audit =
        Audit.builder(url)
            .method(method)
            .rate(rate)
            .transport(HttpTransport.create().maxBody(0).timeout(timeout));
    origins.forEach(audit::origin);
    credentials.forEach(each -> audit.credentials(sendable(each).name(), each.value()));
    headers.forEach(each -> audit.header(sendable(each).name(), each.value()));
    try {
      return audit.build();
    } catch (IllegalArgumentException e) {
      throw refuse(String.valueOf(e.getMessage()));
    }
  }

  /** The audit checks headers as well, and would repeat what it refuses. */
  private HeaderOption sendable(HeaderOption header) {
    try {
      WireRequest.of("GET", "http://localhost/", Headers.of(header.name(), header.value()));
      return header;
    } catch (IllegalArgumentException unsendable) {
      throw refuse(HeaderOption.FORM);
    }
  }

  /** Other people's servers are asked only if somebody says that this is allowed. */
  private void confirm(Audit audit) {
    Console console = Terminal.console();
    if (!audit.isLocal() && !yes) {
      String rule =
          audit.url() + " is not on this machine. Audit only servers that you are allowed to test";
      if (console == null) {
        throw refuse(rule + "; say that you are with --yes.");
      }
      String answer = console.readLine("%s. Are you? [y/N] ", Printable.text(rule));
      if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
        throw refuse("Nothing was sent.");
      }
    }
    if (console != null && format == Format.text) {
      String number = BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString();
      spec.commandLine().getErr().println("Asking, " + number + " requests a second at most ...");
    }
  }

  private ParameterException refuse(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }
}
