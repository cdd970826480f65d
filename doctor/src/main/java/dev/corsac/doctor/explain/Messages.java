package dev.corsac.doctor.explain;

import dev.corsac.browser.Engine;
import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.Resources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What browsers write, as {@code messages.yaml} has it, and where a text has it. */
final class Messages {
  private static final String RESOURCE = "messages.yaml";

  private Messages() {}

  /** A message at its place in a text. */
  record Hit(Message message, int start, int end, Facts facts) {}

  static List<Message> all() {
    return Holder.ALL;
  }

  /** The messages in a text, in their order; of those that overlap, the longest. */
  static List<Hit> in(PastedText text) {
    List<Hit> hits = new ArrayList<>();
    for (Message message : all()) {
      for (Template.Found found : message.text().in(text)) {
        hits.add(new Hit(message, found.start(), found.end(), found.facts()));
      }
    }
    hits.addAll(Translations.in(text, hits));
    hits.sort(Comparator.comparingInt((Hit hit) -> hit.start() - hit.end()));
    TreeMap<Integer, Hit> kept = new TreeMap<>();
    for (Hit hit : hits) {
      Map.Entry<Integer, Hit> before = kept.lowerEntry(hit.end());
      if (before == null || before.getValue().end() <= hit.start()) {
        kept.put(hit.start(), hit);
      }
    }
    return List.copyOf(kept.values());
  }

  /** Firefox's line of that name. */
  static Message ofKey(String key) {
    return Objects.requireNonNull(Holder.BY_KEY.get(key), key);
  }

  private static final class Holder {
    static final List<Message> ALL = read();
    static final Map<String, Message> BY_KEY =
        ALL.stream()
            .filter(message -> !message.key().isEmpty())
            .collect(Collectors.toMap(Message::key, Function.identity()));

    private static List<Message> read() {
      return Resources.list(Messages.class, RESOURCE).stream()
          .map(entry -> message((Map<?, ?>) entry))
          .toList();
    }

    private static Message message(Map<?, ?> entry) {
      return new Message(
          Optional.ofNullable(constant(Engine.class, entry.get("browser"))),
          Objects.requireNonNullElse(
              constant(Message.Part.class, entry.get("part")), Message.Part.REASON),
          new Template(String.valueOf(entry.get("text"))),
          problems(entry.get("problem")),
          Objects.toString(entry.get("key"), ""),
          Objects.toString(entry.get("reason"), ""),
          Boolean.TRUE.equals(entry.get("vague")),
          Objects.toString(entry.get("era"), ""),
          Objects.toString(entry.get("example"), ""));
    }

    private static List<Problem> problems(@Nullable Object ids) {
      List<?> list = ids == null ? List.of() : ids instanceof List<?> many ? many : List.of(ids);
      return list.stream()
          .map(id -> constant(Problem.class, id))
          .map(Objects::requireNonNull)
          .toList();
    }

    private static <E extends Enum<E>> @Nullable E constant(Class<E> type, @Nullable Object id) {
      return id == null
          ? null
          : Enum.valueOf(type, id.toString().toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }
}
