package dev.corsac.attacks;

import dev.corsac.attacks.cases.CaseFiles;
import dev.corsac.attacks.cases.Http1Case;
import dev.corsac.attacks.cases.Http1Judge;
import dev.corsac.attacks.cases.Http2Case;
import dev.corsac.attacks.cases.Http2Judge;
import dev.corsac.attacks.cases.UpstreamCase;
import dev.corsac.attacks.cases.UpstreamJudge;
import dev.corsac.attacks.cases.UpstreamJudge.Version;
import dev.corsac.attacks.lab.Lab;
import dev.corsac.attacks.lab.ProxyKind;
import dev.corsac.attacks.lab.UpstreamKind;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code attack cases}: every case of {@code conformance/} once, against a proxy of choice. */
@Command(
    name = "cases",
    description = "Sends every case, and lists those whose outcome is not the right one.",
    mixinStandardHelpOptions = true)
final class CasesCommand implements Callable<Integer> {
  @Option(
      names = "--proxy",
      defaultValue = "gateway",
      description =
          "gateway (in this program), corsac (./corsac gateway) or nginx. Default: ${DEFAULT-VALUE}.")
  private ProxyKind proxy = ProxyKind.GATEWAY;

  @Option(
      names = "--upstream",
      defaultValue = "recording",
      description =
          "recording (the strict reader in this program), node or nginx: with these, clients attack"
              + " alone, and only harm is wrong. Default: ${DEFAULT-VALUE}.")
  private UpstreamKind upstream = UpstreamKind.RECORDING;

  @Option(names = "--only", description = "Cases whose id contains this.")
  private @Nullable String only;

  @Option(names = "--quiet", description = "Ids alone.")
  private boolean quiet;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  /** One case in one protocol. */
  private interface Attack {
    List<String> judge(Lab lab) throws Exception;
  }

  private int run;
  private int failed;

  @Override
  public Integer call() throws Exception {
    try (Lab lab = new Lab(upstream.start(), proxy::start)) {
      for (Http1Case each : CaseFiles.http1()) {
        run(lab, "http1-requests " + each, each.description(), on -> Http1Judge.judge(on, each));
      }
      for (Http2Case each : lab.http2() ? CaseFiles.http2() : List.<Http2Case>of()) {
        run(lab, "http2-requests " + each, each.description(), on -> Http2Judge.judge(on, each));
      }
      boolean plays = upstream == UpstreamKind.RECORDING;
      for (UpstreamCase each : plays ? CaseFiles.upstream() : List.<UpstreamCase>of()) {
        for (Version version : Version.values()) {
          if (version == Version.HTTP_2 && !lab.http2()) {
            continue;
          }
          run(
              lab,
              "upstream-responses " + each + " " + version,
              each.description(),
              on -> UpstreamJudge.judge(on, each, version));
        }
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(run + " cases, " + failed + " with another outcome than the right one");
    out.flush();
    return failed == 0 ? 0 : 1;
  }

  private void run(Lab lab, String id, String description, Attack attack) throws Exception {
    if (only != null && !id.contains(only)) {
      return;
    }
    run++;
    List<String> wrong = attack.judge(lab);
    if (!wrong.isEmpty()) {
      failed++;
      PrintWriter out = spec.commandLine().getOut();
      out.println(id + (quiet ? "" : ": " + description));
      if (!quiet) {
        wrong.forEach(each -> out.println("    " + each));
      }
      out.flush();
    }
  }
}
