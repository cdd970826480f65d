package dev.corsac.cli;

import dev.corsac.cli.diff.DiffJson;
import dev.corsac.cli.diff.DiffText;
import dev.corsac.cli.diff.PlacesNow;
import dev.corsac.cli.option.FileOption;
import dev.corsac.cli.text.Printable;
import dev.corsac.config.ConfigLoader;
import dev.corsac.config.ConfigResult;
import dev.corsac.config.CorsacConfig;
import dev.corsac.config.FileFinding;
import dev.corsac.config.diff.ConfigDiff;
import dev.corsac.finding.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code corsac diff}: what browsers would newly be allowed or refused. */
@Command(
    name = "diff",
    description = {
      "Compares two files like corsac.yaml: which origins, methods and headers would newly pass or",
      "be blocked, with a request that shows each difference. Origins are compared as sets, patterns",
      "and regular expressions too; the order of a list makes no difference. Variables, files and",
      "databases of allow_origins_from are read as they are now. Upstreams, guards and limits are not",
      "compared.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the same",
      "1:something differs, or could not be compared",
      "2:an error in a file, or wrong arguments"
    })
final class DiffCommand implements Callable<Integer> {
  enum Format {
    text,
    json
  }

  @Parameters(
      index = "0",
      paramLabel = "OLD",
      converter = FileOption.class,
      description = "The file that is in use.")
  private Path before = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "NEW",
      converter = FileOption.class,
      description = "The file that is to replace it.")
  private Path after = Path.of("");

  @Option(
      names = "--profile",
      paramLabel = "P",
      description =
          "Compare the files with this profile alone. Default: by themselves, and with each profile.")
  private @Nullable String profile;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "How to print: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Format format = Format.text;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Map<String, ConfigResult> first = read(before);
    Map<String, ConfigResult> second = read(after);
    Set<String> names = names(first.keySet(), second.keySet());
    Set<FileFinding> errors = new LinkedHashSet<>();
    for (String name : names) {
      Stream.of(reading(first, name), reading(second, name))
          .flatMap(each -> each.findings().stream())
          .filter(each -> each.severity() == Severity.ERROR)
          .forEach(errors::add);
    }
    if (!errors.isEmpty()) {
      Set<Path> files = new LinkedHashSet<>(List.of(before, after));
      new LintText(spec.commandLine().getErr(), spec.commandLine().getColorScheme())
          .print(List.copyOf(errors), files);
      return 2;
    }
    Map<String, ConfigDiff> diffs = new LinkedHashMap<>();
    PlacesNow places = new PlacesNow();
    for (String name : names) {
      CorsacConfig old = config(first, name);
      CorsacConfig next = config(second, name);
      List<String> notes = places.connect(old, next);
      diffs.put(name, ConfigDiff.of(old, next).noting(notes));
    }
    if (format == Format.json) {
      spec.commandLine().getOut().println(DiffJson.of(diffs));
    } else {
      new DiffText(spec.commandLine().getOut(), spec.commandLine().getColorScheme()).print(diffs);
    }
    return diffs.values().stream().allMatch(ConfigDiff::same) ? 0 : 1;
  }

  private Map<String, ConfigResult> read(Path file) {
    try {
      return ConfigLoader.loadAll(FileOption.readable(spec, file), System.getenv());
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), FileOption.problem(file, e), e);
    }
  }

  /** The profiles to compare; the empty text is for the files by themselves. */
  private Set<String> names(Set<String> first, Set<String> second) {
    Set<String> all = new LinkedHashSet<>(first);
    all.addAll(second);
    if (profile == null) {
      return all;
    }
    if (!all.contains(profile) || profile.isEmpty()) {
      all.remove("");
      throw new ParameterException(
          spec.commandLine(),
          Printable.text("Neither file has a profile \"" + profile + "\".")
              + (all.isEmpty() ? "" : " There are: " + String.join(", ", all) + "."));
    }
    return Set.of(profile);
  }

  /** A file without the profile is the same by itself. */
  private static ConfigResult reading(Map<String, ConfigResult> all, String name) {
    ConfigResult result = all.get(name);
    return result == null ? all.values().iterator().next() : result;
  }

  private static CorsacConfig config(Map<String, ConfigResult> all, String name) {
    return reading(all, name).config().orElseThrow();
  }
}
