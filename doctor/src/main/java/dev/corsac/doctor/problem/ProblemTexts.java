package dev.corsac.doctor.problem;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code problems.yaml} says about each problem. */
final class ProblemTexts {
  /** The entry for what several problems share. */
  static final String SHARED = "shared";

  private static final String RESOURCE = "problems.yaml";

  private ProblemTexts() {}

  /**
   * What is said about a problem.
   *
   * @param says the sentences about one case, as a message or a recording shows it
   * @param seen the sentences about one case that the doctor itself has caused
   * @param reasons what a {@link Fact#REASON} stands for, by its key
   * @param fixes what to change where that reason is known, by its key
   */
  record Text(
      String title,
      String why,
      String fix,
      @Nullable String remedy,
      List<Sentence> says,
      List<Sentence> seen,
      Map<String, Sentence> reasons,
      Map<String, Sentence> fixes) {}

  static Text of(Problem problem) {
    return Objects.requireNonNull(Holder.TEXTS.get(problem), problem::id);
  }

  /** What stands in a sentence for a fact that is not known. */
  static Map<Fact, String> standIns() {
    return Holder.STAND_INS;
  }

  /** In what an allowed origin and the page's differ. */
  static Sentence of(OriginDifference difference) {
    return Objects.requireNonNull(Holder.DIFFERENCES.get(difference.id()), difference::id);
  }

  /** What an error's status says about its cause; empty if nothing beyond the number. */
  static Optional<Status> ofStatus(String status) {
    return Optional.ofNullable(Holder.STATUSES.get(status));
  }

  /** What a status means, and what to do about it. */
  record Status(String says, String fix) {}

  /** What to add where a message shows that the page's origin is {@code null}. */
  static String nullOrigin() {
    return Holder.NULL_ORIGIN;
  }

  /** Every entry of the file as it stands, by its key. */
  static Map<?, ?> entries() {
    return Resources.map(ProblemTexts.class, RESOURCE);
  }

  private static final class Holder {
    private static final Map<?, ?> ENTRIES = entries();
    private static final Map<?, ?> COMMON = map(ENTRIES.get(SHARED));

    static final String NULL_ORIGIN = String.valueOf(COMMON.get("null-origin"));
    static final Map<String, Sentence> DIFFERENCES = sentences(COMMON.get("difference"));
    static final Map<Fact, String> STAND_INS = standIns();
    static final Map<String, Status> STATUSES = statuses();
    static final Map<Problem, Text> TEXTS = texts();

    private static Map<String, Status> statuses() {
      Map<String, Status> statuses = new LinkedHashMap<>();
      map(COMMON.get("status"))
          .forEach(
              (codes, text) -> {
                Map<?, ?> entry = map(text);
                Status status =
                    new Status(String.valueOf(entry.get("says")), String.valueOf(entry.get("fix")));
                for (String code : codes.toString().split(", ", 10)) {
                  statuses.put(code, status);
                }
              });
      return statuses;
    }

    private static Map<Fact, String> standIns() {
      Map<Fact, String> words = new EnumMap<>(Fact.class);
      map(COMMON.get("unknown"))
          .forEach((id, word) -> words.put(Fact.of(id.toString()).orElseThrow(), word.toString()));
      return words;
    }

    private static Map<Problem, Text> texts() {
      Map<Problem, Text> texts = new EnumMap<>(Problem.class);
      for (Problem problem : Problem.values()) {
        if (ENTRIES.get(problem.id()) instanceof Map<?, ?> entry) {
          texts.put(problem, text(entry));
        }
      }
      return texts;
    }

    private static Text text(Map<?, ?> entry) {
      String title = String.valueOf(entry.get("title"));
      Object remedy = entry.get("remedy");
      Object says = Objects.requireNonNullElse(entry.get("says"), title + ".");
      return new Text(
          title,
          String.valueOf(entry.get("why")),
          String.valueOf(entry.get("fix")),
          remedy == null ? null : remedy.toString(),
          list(says),
          list(Objects.requireNonNullElse(entry.get("seen"), List.of())),
          sentences(entry.get("reason")),
          sentences(entry.get("fixes")));
    }

    private static List<Sentence> list(Object texts) {
      List<?> all = texts instanceof List<?> several ? several : List.of(texts);
      return all.stream().map(text -> new Sentence(text.toString())).toList();
    }

    private static Map<String, Sentence> sentences(@Nullable Object texts) {
      Map<String, Sentence> sentences = new LinkedHashMap<>();
      map(texts)
          .forEach((key, text) -> sentences.put(key.toString(), new Sentence(text.toString())));
      return sentences;
    }

    private static Map<?, ?> map(@Nullable Object value) {
      return value instanceof Map<?, ?> map ? map : Map.of();
    }
  }
}
