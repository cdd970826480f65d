package dev.corsac.doctor.explain;

import dev.corsac.browser.Engine;
import dev.corsac.doctor.problem.Fact;
import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A line of a browser's console: what it can mean, and the facts that it names. */
final class ConsoleLine {
  private Facts facts = Facts.of();
  private @Nullable Message opening;
  private @Nullable Message reason;
  private @Nullable Message preflight;

  /** Whether a part that follows without other words belongs to this line. */
  boolean takes(Message.Part part) {
    return part == Message.Part.CLOSING || reason == null;
  }

  void add(Messages.Hit hit) {
    switch (hit.message().part()) {
      case OPENING -> opening = hit.message();
      case PREFLIGHT -> preflight = hit.message();
      case REASON -> reason = hit.message();
      case CLOSING -> {}
    }
    facts = facts.orElse(hit.facts());
  }

  /** What stands before a code such as {@code net::ERR_FAILED}: {@code GET https://…}. */
  void addRequest(String method, String url) {
    facts = facts.orElse(Facts.of(Fact.URL, url));
    if (!method.isEmpty() && method.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
      facts = facts.orElse(Facts.of(Fact.METHOD, method));
    }
  }

  /** Whose words they are: an opening leaves less doubt than a reason. */
  @Nullable Engine browser() {
    Engine ofReason = reason == null ? null : reason.browser().orElse(null);
    Message before = opening == null ? preflight : opening;
    return before == null ? ofReason : before.browser().orElse(ofReason);
  }

  List<Problem> problems() {
    Message says = reason == null ? opening : reason;
    if (says == null) {
      return List.of(Problem.NO_REASON_GIVEN);
    }
    return preflight != null
        ? says.problems().stream().map(Problem::ofPreflight).toList()
        : says.problems();
  }

  Facts facts() {
    return facts;
  }

  /** Whether the refused response was a redirect, as WebKit says. */
  boolean isOfRedirect() {
    return opening != null && opening.problems().contains(Problem.REDIRECT_WITHOUT_HEADERS);
  }

  private boolean isVague() {
    Message says = reason == null ? opening : reason;
    return says == null || says.vague();
  }

  private @Nullable String url() {
    return facts.url().orElse(null);
  }

  /** The line that tells least of all is the one that names nothing but a failure. */
  private boolean isEmpty() {
    return problems().get(0) == Problem.NO_REASON_GIVEN;
  }

  /**
   * Drops lines that only report a failure when another line gives the reason; if that line has no
   * URL, it takes theirs.
   */
  static List<ConsoleLine> merged(List<ConsoleLine> all) {
    List<ConsoleLine> clear = new ArrayList<>();
    List<ConsoleLine> vague = new ArrayList<>();
    Set<String> urls = new HashSet<>();
    for (ConsoleLine line : all) {
      if (!line.isVague() && line.url() != null) {
        urls.add(Objects.requireNonNull(line.url()));
      }
    }
    ConsoleLine withoutUrl = null;
    for (ConsoleLine line : all) {
      String url = line.url();
      if (!line.isVague()) {
        clear.add(line);
        withoutUrl = url == null ? line : null;
      } else if (url != null && !urls.contains(url)) {
        if (withoutUrl == null) {
          vague.add(line);
        } else {
          withoutUrl.facts = withoutUrl.facts.with(Fact.URL, url);
          withoutUrl = null;
        }
      } else if (url == null) {
        vague.add(line);
      }
    }
    clear.addAll(clearest(vague, clear.isEmpty()));
    return withoutRepetitions(clear);
  }

  /** Of lines that say little, one for each URL; one without a URL only if there is no other. */
  private static List<ConsoleLine> clearest(List<ConsoleLine> vague, boolean alone) {
    Map<String, ConsoleLine> byUrl = new LinkedHashMap<>();
    ConsoleLine nowhere = null;
    for (ConsoleLine line : vague) {
      if (line.url() != null) {
        byUrl.merge(line.url(), line, (a, b) -> a.isEmpty() && !b.isEmpty() ? b : a);
      } else if (nowhere == null || (nowhere.isEmpty() && !line.isEmpty())) {
        nowhere = line;
      }
    }
    return byUrl.isEmpty() && nowhere != null && alone
        ? List.of(nowhere)
        : List.copyOf(byUrl.values());
  }

  /** Safari repeats a reason without its URL when it lists the resource that failed. */
  private static List<ConsoleLine> withoutRepetitions(List<ConsoleLine> lines) {
    Set<List<Problem>> located = new HashSet<>();
    for (ConsoleLine line : lines) {
      if (line.url() != null) {
        located.add(line.problems());
      }
    }
    return lines.stream()
        .filter(line -> line.url() != null || !located.contains(line.problems()))
        .toList();
  }
}
