package dev.corsac.doctor.explain;

import dev.corsac.browser.Engine;
import dev.corsac.doctor.problem.Fact;
import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A line of a browser's console: what it can mean, and the facts that it names. */
final class ConsoleLine {
  private Facts facts = Facts.of();
  private @Nullable Message opening;
  private @Nullable Message reason;
  private @Nullable Message preflight;
  private String place = "";

  /** What other lines say of the same request. */
  private final Set<Problem> hints = new LinkedHashSet<>();

  /** A line that another way of reading has understood. */
  static ConsoleLine of(@Nullable Message opening, Message reason, Facts facts) {
    ConsoleLine line = new ConsoleLine();
    line.opening = opening;
    line.reason = reason;
    line.facts = facts;
    return line;
  }

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
    // The words that name both ends of a redirect know better than those before them.
    facts =
        hit.facts().get(Fact.FIRST).isPresent()
            ? hit.facts().orElse(facts)
            : facts.orElse(hit.facts());
  }

  /** What stands before a code such as {@code net::ERR_FAILED}: {@code GET https://…}. */
  void addRequest(String method, String url) {
    facts = facts.orElse(Facts.of(Fact.URL, url));
    if (!method.isEmpty() && method.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
      facts = facts.orElse(Facts.of(Fact.METHOD, method));
    }
  }

  /** Where Chromium says that the line is from, which may be the resource that failed. */
  void addPlace(String newPlace) {
    place = newPlace;
  }

  /** What another line, or a block of the network panel, tells of this request. */
  void addEvidence(Facts evidence) {
    facts = facts.orElse(evidence);
  }

  void addHint(Problem hint) {
    hints.add(hint);
  }

  /** Whose words they are: an opening leaves less doubt than a reason. */
  @Nullable Engine browser() {
    Engine ofReason = reason == null ? null : reason.browser().orElse(null);
    Message before = opening == null ? preflight : opening;
    return before == null ? ofReason : before.browser().orElse(ofReason);
  }

  List<Problem> problems() {
    Message says = says();
    if (says == null) {
      return List.of(Problem.NO_REASON_GIVEN);
    }
    List<Problem> all = new ArrayList<>(says.problems());
    if (preflight != null) {
      all.replaceAll(Problem::ofPreflight);
    }
    return List.copyOf(all);
  }

  private @Nullable Message says() {
    return reason == null ? opening : reason;
  }

  Facts facts() {
    return facts;
  }

  Set<Problem> hints() {
    return hints;
  }

  /** The key of the reason that the message itself gives, empty if none. */
  String reasonKey() {
    Message says = says();
    return says == null ? "" : says.reason();
  }

  /** The words before the reason, which name the URL; null if there are none. */
  @Nullable Message opening() {
    return opening;
  }

  boolean isOfPreflight() {
    return preflight != null || problems().get(0).isOfPreflight();
  }

  /** Whether the refused response was a redirect, as WebKit and older Chromium say. */
  boolean isOfRedirect() {
    return opening != null && opening.problems().contains(Problem.REDIRECT_WITHOUT_HEADERS);
  }

  boolean isVague() {
    Message says = says();
    return says == null || says.vague();
  }

  @Nullable String url() {
    return facts.url().orElse(null);
  }

  /** The URL, as it is compared; empty if there is none. */
  String urlKey() {
    return facts.url().map(UrlText::key).orElse("");
  }

  /** Whether this line, if it names no URL, may be about that one. */
  boolean mayBeAbout(String url) {
    return url() == null && !place.isEmpty() && UrlText.isAt(url, place);
  }

  boolean hasPlace() {
    return !place.isEmpty();
  }

  /** The line that tells least of all is the one that names nothing but a failure. */
  boolean isEmpty() {
    return problems().get(0) == Problem.NO_REASON_GIVEN;
  }

  /** Whether it tells a status, and no more. */
  boolean isStatus() {
    return problems().get(0) == Problem.HTTP_ERROR;
  }
}
