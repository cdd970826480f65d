package dev.corsac.doctor.har;

import dev.corsac.browser.Engine;
import dev.corsac.doctor.explain.Explanation;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the network panel of a browser recorded: a HAR 1.2 of Chromium, Firefox or Safari.
 *
 * <p>Each exchange across origins is replayed through the browser's model, which says what the
 * browser made of the response. Permitted: a HAR without cookies and tokens, as Chromium saves it
 * by default; bodies of any size, which are not read; exchanges without preflight, status or
 * headers, as browsers write them for what they blocked. Prohibited: more than 100,000 entries.
 * Immutable and thread-safe.
 */
public final class Har {
  private final Engine browser;
  private final Map<String, String> pages;
  private final List<HarEntry> entries;

  Har(String creator, Map<String, String> pages, List<HarEntry> entries) {
    this.browser =
        creator.startsWith("Firefox")
            ? Engine.FIREFOX
            : creator.startsWith("WebKit") ? Engine.WEBKIT : Engine.CHROMIUM;
    this.pages = pages;
    this.entries = entries;
  }

  /**
   * Reads a file.
   *
   * @throws InvalidHarException if it is not a HAR, with line and column
   * @throws IOException if it cannot be read
   */
  public static Har read(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return read(in);
    }
  }

  /**
   * Reads a stream, and closes it.
   *
   * @throws InvalidHarException if it is not a HAR, with line and column
   * @throws IOException if it cannot be read
   */
  public static Har read(InputStream in) throws IOException {
    return HarReader.read(in);
  }

  /** How many exchanges it has. */
  public int size() {
    return entries.size();
  }

  /**
   * Whether what failed is missing here: Safari's Export button leaves out every request that
   * failed, so that a HAR of Safari without one tells nothing of what was blocked.
   */
  public boolean isWithoutFailures() {
    return browser == Engine.WEBKIT && entries.stream().noneMatch(HarEntry::failed);
  }

  /**
   * What was blocked and what is suspicious: one finding for each problem of each URL, in the order
   * of their first entries.
   */
  public List<HarFinding> explain() {
    List<HarFinding> findings = new ArrayList<>(HarReplays.of(this));
    findings.addAll(HarSuspicions.of(this));
    Map<String, List<HarFinding>> grouped = new LinkedHashMap<>();
    for (HarFinding each : findings) {
      ProblemCase found = each.problemCase();
      String key = found.problem().id() + ' ' + found.facts().url().orElse("");
      grouped.computeIfAbsent(key, unused -> new ArrayList<>()).add(each);
    }
    return grouped.values().stream().map(Har::merged).toList();
  }

  /** One finding with the entries of all; the case is that of the first. */
  private static HarFinding merged(List<HarFinding> findings) {
    return new HarFinding(
        findings.get(0).explanation(),
        findings.stream().flatMap(each -> each.entries().stream()).distinct().sorted().toList());
  }

  HarFinding finding(ProblemCase problem, List<HarEntry> shownBy) {
    return finding(problem, List.of(), shownBy);
  }

  HarFinding finding(ProblemCase problem, List<Problem> candidates, List<HarEntry> shownBy) {
    return new HarFinding(
        Explanation.of(browser, problem, candidates),
        shownBy.stream().map(HarEntry::index).toList());
  }

  /** Who recorded it. */
  Engine browser() {
    return browser;
  }

  List<HarEntry> entries() {
    return entries;
  }

  /** The title of the page an entry belongs to, which is its URL in Chromium and Safari. */
  String pageOf(HarEntry entry) {
    return pages.getOrDefault(entry.page(), "");
  }
}
