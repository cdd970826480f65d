package dev.corsac.cli;

import dev.corsac.config.ConfigLoader;
import dev.corsac.config.Suggestion;
import dev.corsac.doctor.audit.Check;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.finding.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pages that findings name, as Markdown: those in {@code docs/rules}, {@code docs/problems} and
 * {@code docs/checks}, which the jar contains.
 */
enum Manual {
  RULE {
    @Override
    List<Topic> topics() {
      return ConfigLoader.rules().stream()
          .map(rule -> new Topic(group(rule.severity()), rule.id(), rule.summary()))
          .toList();
    }
  },
  PROBLEM {
    @Override
    List<Topic> topics() {
      return Arrays.stream(Problem.values())
          .map(problem -> new Topic(group(problem.kind()), problem.id(), problem.title()))
          .toList();
    }
  },
  CHECK {
    @Override
    List<Topic> topics() {
      return Arrays.stream(Check.values())
          .map(check -> new Topic(capitalised(check.severity().id()), check.id(), check.title()))
          .toList();
    }
  };

  /**
   * What has a page.
   *
   * @param group the heading under which it is listed
   * @param id its name in reports
   * @param summary a sentence without its full stop
   */
  record Topic(String group, String id, String summary) {}

  /** A link to a page, or to another document of the repository. */
  private static final Pattern LOCAL_LINK =
      Pattern.compile("\\[([^\\]\\[]+)]\\(((?:[\\w.-]+/)*)([\\w-]+)\\.md(?:#[\\w-]+)?\\)");

  private static final int MOST_SHOWN = 60;

  /** All of them, those of a group one after the other. */
  abstract List<Topic> topics();

  /** What an id stands for: {@code rule}, {@code problem} or {@code check}. */
  String kind() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How a user opens a page. */
  String command(String id) {
    return "corsac " + kind() + " " + id;
  }

  Optional<Topic> find(String id) {
    return topics().stream().filter(topic -> topic.id().equals(id)).findFirst();
  }

  /** What to say of an id that has no page. */
  String unknown(String id) {
    String shown = id.length() <= MOST_SHOWN ? id : id.substring(0, MOST_SHOWN) + "...";
    String nothing = "There is no " + kind() + " '" + shown + "'. ";
    List<String> ids = topics().stream().map(Topic::id).toList();
    Optional<Manual> elsewhere =
        Arrays.stream(values()).filter(other -> other.find(id).isPresent()).findFirst();
    if (elsewhere.isPresent()) {
      return nothing + "Did you mean " + elsewhere.get().command(id) + "?";
    }
    Optional<String> near = Suggestion.nearest(id, ids);
    if (near.isPresent()) {
      return nothing + "Did you mean " + near.get() + "?";
    }
    List<String> containing =
        ids.stream().filter(each -> id.length() > 2 && each.contains(id)).toList();
    return containing.isEmpty()
        ? nothing + "corsac " + kind() + " lists all."
        : nothing + "Did you mean one of " + String.join(", ", containing) + "?";
  }

  /**
   * The page of an id that is among the {@link #topics}, as Markdown. What it links to in the
   * repository is named as a user can find it.
   */
  String page(String id) {
    try (InputStream in = Manual.class.getResourceAsStream(kind() + "s/" + id + ".md")) {
      byte[] page = Objects.requireNonNull(in, id).readAllBytes();
      return LOCAL_LINK
          .matcher(new String(page, StandardCharsets.UTF_8))
          .replaceAll(link -> Matcher.quoteReplacement(reachable(link)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String reachable(MatchResult link) {
    String folder = link.group(2);
    String name = link.group(3);
    return Arrays.stream(values())
        .filter(each -> folder.isEmpty() ? each == this : folder.equals("../" + each.kind() + "s/"))
        .findFirst()
        .map(each -> "`" + each.command(name) + "`")
        .orElseGet(
            () ->
                "%s (`docs/%s%s.md` in the sources of Corsac)"
                    .formatted(link.group(1), folder.replace("../", ""), name));
  }

  private static String group(Severity severity) {
    return switch (severity) {
      case ERROR -> "Errors: a policy that has one is refused";
      case WARNING -> "Warnings: the policy works, and is unwise";
    };
  }

  private static String group(Problem.Kind kind) {
    return switch (kind) {
      case CORS -> "The response breaks the CORS protocol";
      case PAGE -> "The page or the browser forbids it, and no CORS header changes that";
      case NETWORK -> "There is no response";
      case APPLICATION -> "The page reads the response, and did not expect it";
      case COST -> "It works, but slower or less reliably than it could";
    };
  }

  private static String capitalised(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
