package dev.corsac.doctor;

import dev.corsac.browser.Engine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A whole line of a browser as it was read: what it can mean, and what it names. */
final class Reading {
  private final Map<String, String> values = new LinkedHashMap<>();
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
    hit.values().forEach(values::putIfAbsent);
  }

  /** What stands before a code such as {@code net::ERR_FAILED}: {@code GET https://…}. */
  void addRequest(String method, String url) {
    values.putIfAbsent("url", url);
    if (!method.isEmpty() && method.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
      values.putIfAbsent("method", method);
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
        ? says.problems().stream().map(Particulars::ofPreflight).toList()
        : says.problems();
  }

  Map<String, String> values() {
    return values;
  }

  /** Whether the refused answer was a redirect, as WebKit says. */
  boolean isOfRedirect() {
    return opening != null && opening.problems().contains(Problem.REDIRECT_WITHOUT_HEADERS);
  }

  private boolean isVague() {
    Message says = reason == null ? opening : reason;
    return says == null || says.vague();
  }

  private @Nullable String url() {
    return values.get("url");
  }

  /** The line that tells least of all is the one that names nothing but a failure. */
  private boolean isEmpty() {
    return problems().get(0) == Problem.NO_REASON_GIVEN;
  }

  /**
   * The readings without those that only say that something failed, where another says what; their
   * URL goes to the line that lacks one.
   */
  static List<Reading> merged(List<Reading> all) {
    List<Reading> clear = new ArrayList<>();
    List<Reading> vague = new ArrayList<>();
    Set<String> urls = new HashSet<>();
    for (Reading reading : all) {
      if (!reading.isVague() && reading.url() != null) {
        urls.add(Objects.requireNonNull(reading.url()));
      }
    }
    Reading withoutUrl = null;
    for (Reading reading : all) {
      String url = reading.url();
      if (!reading.isVague()) {
        clear.add(reading);
        withoutUrl = url == null ? reading : null;
      } else if (url != null && !urls.contains(url)) {
        if (withoutUrl == null) {
          vague.add(reading);
        } else {
          withoutUrl.values.put("url", url);
          withoutUrl = null;
        }
      } else if (url == null) {
        vague.add(reading);
      }
    }
    clear.addAll(clearest(vague, clear.isEmpty()));
    return withoutRepetitions(clear);
  }

  /** Of lines that say little, one for each URL; one without a URL only if there is no other. */
  private static List<Reading> clearest(List<Reading> vague, boolean alone) {
    Map<String, Reading> byUrl = new LinkedHashMap<>();
    Reading nowhere = null;
    for (Reading reading : vague) {
      if (reading.url() != null) {
        byUrl.merge(reading.url(), reading, (a, b) -> a.isEmpty() && !b.isEmpty() ? b : a);
      } else if (nowhere == null || (nowhere.isEmpty() && !reading.isEmpty())) {
        nowhere = reading;
      }
    }
    return byUrl.isEmpty() && nowhere != null && alone
        ? List.of(nowhere)
        : List.copyOf(byUrl.values());
  }

  /** Safari repeats a reason without its URL when it lists the resource that failed. */
  private static List<Reading> withoutRepetitions(List<Reading> readings) {
    Set<List<Problem>> located = new HashSet<>();
    for (Reading reading : readings) {
      if (reading.url() != null) {
        located.add(reading.problems());
      }
    }
    return readings.stream()
        .filter(reading -> reading.url() != null || !located.contains(reading.problems()))
        .toList();
  }
}
