package dev.corsac.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How many cases of each group a stack passed, as a row of the table in docs/adapters.md. */
final class Scorecard {
  private final String stack;
  private final Map<String, Integer> passed = new LinkedHashMap<>();
  private final Map<String, Integer> all = new LinkedHashMap<>();

  Scorecard(String stack, Protocol protocol, List<CaseFile> files) {
    this.stack = protocol == Protocol.HTTP_1_1 ? stack : stack + ", " + protocol;
    for (CaseFile file : files) {
      int served = file.served(protocol).size();
      if (served > 0) {
        passed.put(file.group(), 0);
        all.put(file.group(), served);
      }
    }
  }

  void pass(String group) {
    passed.merge(group, 1, Integer::sum);
  }

  String head() {
    return line("stack", all.keySet().stream())
        + "\n"
        + line("---", all.keySet().stream().map(group -> "---"));
  }

  String row() {
    return line(
        stack, all.keySet().stream().map(group -> passed.get(group) + "/" + all.get(group)));
  }

  private static String line(String first, Stream<String> cells) {
    return "| " + first + " | " + cells.collect(Collectors.joining(" | ")) + " |";
  }

  /** Leaves the row in target/contract, for the docs. */
  void write() throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "contract"));
    String name = stack.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    Files.writeString(folder.resolve(name + ".md"), head() + "\n" + row() + "\n");
  }

  /** docs/adapters.md of the repository the build runs in, if it has one. */
  static @Nullable Path docs() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path docs = folder.resolve("docs").resolve("adapters.md");
      if (Files.exists(docs)) {
        return docs;
      }
    }
    return null;
  }
}
