package dev.corsac.doctor.explain;

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

/** The lines that were pasted together: each request once, with all that any of them tells. */
final class ConsoleLines {
  private final List<ConsoleLine> all;
  private final List<ConsoleLine> clear = new ArrayList<>();
  private final List<ConsoleLine> vague = new ArrayList<>();

  private ConsoleLines(List<ConsoleLine> all) {
    this.all = all;
  }

  /**
   * Drops lines that only report a failure when another line gives the reason, which takes their
   * URL, their status and what else they tell.
   */
  static List<ConsoleLine> merged(List<ConsoleLine> all, List<PanelBlock> blocks) {
    ConsoleLines lines = new ConsoleLines(all);
    lines.divide();
    lines.clear.forEach(line -> lines.gather(line, blocks));
    lines.vague.stream()
        .filter(line -> !line.isEmpty())
        .forEach(line -> gatherBlocks(line, blocks));
    List<ConsoleLine> merged = new ArrayList<>(lines.clear);
    merged.addAll(lines.clearest());
    return withoutRepetitions(merged);
  }

  /**
   * Clear lines, which give a reason, and others; a clear one without a URL takes its neighbour's.
   */
  private void divide() {
    Set<String> urls = new HashSet<>();
    for (ConsoleLine line : all) {
      if (!line.isVague() && line.url() != null) {
        urls.add(line.urlKey());
      }
    }
    ConsoleLine withoutUrl = null;
    ConsoleLine before = null;
    for (ConsoleLine line : all) {
      String url = line.url();
      if (!line.isVague()) {
        clear.add(line);
        withoutUrl = url == null ? line : null;
        if (url == null && before != null && isOneOf(line, before)) {
          adopt(line, before);
          withoutUrl = null;
        }
      } else if (url != null && !urls.contains(line.urlKey())) {
        if (withoutUrl == null) {
          vague.add(line);
        } else {
          adopt(withoutUrl, line);
          urls.add(line.urlKey());
          withoutUrl = null;
        }
      } else if (url == null) {
        vague.add(line);
      }
      before = line;
    }
  }

  /** Safari prints the URL after the reason, or before it, where the reason is no CORS one. */
  private boolean isOneOf(ConsoleLine reason, ConsoleLine before) {
    return before.isVague()
        && before.url() != null
        && reason.browser() == before.browser()
        && all.stream().filter(line -> !line.isVague()).count() == 1
        && vague.remove(before);
  }

  private static void adopt(ConsoleLine reason, ConsoleLine place) {
    reason.addEvidence(place.facts());
    reason.addEvidence(Facts.of(Fact.URL, Objects.requireNonNull(place.url())));
  }

  /** What all the other lines say of the request of one. */
  private void gather(ConsoleLine line, List<PanelBlock> blocks) {
    String url = line.url();
    for (ConsoleLine other : all) {
      if (!other.isVague()) {
        continue;
      }
      if (isAbout(other, line)) {
        gather(line, other);
      } else if (url != null
          && other.url() != null
          && clear.size() == 1
          && other.isEmpty()
          && !UrlText.origin(url).equals(UrlText.origin(Objects.requireNonNull(other.url())))) {
        // The page asked for one URL, and the reason speaks of another.
        line.addHint(Problem.REDIRECT_WITHOUT_HEADERS);
      }
    }
    gatherBlocks(line, blocks);
  }

  private boolean isAbout(ConsoleLine other, ConsoleLine line) {
    String url = line.url();
    if (url != null && other.url() != null) {
      return other.urlKey().equals(line.urlKey());
    }
    if (url != null && other.hasPlace()) {
      return other.mayBeAbout(url);
    }
    return other.url() == null && clear.size() == 1;
  }

  private static void gather(ConsoleLine line, ConsoleLine other) {
    boolean ofPreflight = other.facts().method().filter("OPTIONS"::equals).isPresent();
    Facts facts = Facts.of();
    if (!ofPreflight || line.isOfPreflight()) {
      facts = facts.with(Fact.STATUS, other.facts().status().orElse(null));
      facts = facts.with(Fact.METHOD, ofPreflight ? null : other.facts().method().orElse(null));
    }
    line.addEvidence(facts);
    if (other.problems().get(0) == Problem.CACHED_FOR_ANOTHER_ORIGIN) {
      line.addHint(Problem.CACHED_FOR_ANOTHER_ORIGIN);
    }
  }

  private static void gatherBlocks(ConsoleLine line, List<PanelBlock> blocks) {
    for (PanelBlock block : blocks) {
      boolean same = line.url() == null || UrlText.key(block.url()).equals(line.urlKey());
      boolean one = block.url().isEmpty() && blocks.size() == 1;
      if ((same || one) && (!block.isPreflight() || line.isOfPreflight())) {
        line.addEvidence(block.facts());
        if (block.isFromCache()) {
          line.addHint(Problem.CACHED_FOR_ANOTHER_ORIGIN);
        }
      }
    }
  }

  /** Of lines that say little, one for each URL; one without a URL only if there is no other. */
  private List<ConsoleLine> clearest() {
    Map<String, ConsoleLine> byUrl = new LinkedHashMap<>();
    ConsoleLine nowhere = null;
    for (ConsoleLine line : vague) {
      if (line.isStatus() && !clear.isEmpty()) {
        continue;
      }
      if (line.url() != null) {
        byUrl.merge(line.urlKey(), line, (a, b) -> a.isEmpty() && !b.isEmpty() ? b : a);
      } else if (nowhere == null || (nowhere.isEmpty() && !line.isEmpty())) {
        nowhere = line;
      }
    }
    return byUrl.isEmpty() && nowhere != null && clear.isEmpty()
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
