package dev.corsac.config;

import dev.corsac.finding.Finding;
import dev.corsac.finding.Wording;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of keys as what they should be. What is something else is among the findings;
 * the value is then what was probably meant, so that the other checks go on with it, or null.
 */
final class ValueReader {
  private static final Set<String> YES = Set.of("yes", "on", "y", "1", "true");
  private static final Set<String> NO = Set.of("no", "off", "n", "0", "false");

  private final Variables variables;
  private final Findings findings;
  private final Collection<String> topKeys;

  ValueReader(Map<String, String> environment, Findings findings, Collection<String> topKeys) {
    this.topKeys = topKeys;
    this.variables = new Variables(environment, findings);
    this.findings = findings;
  }

  /** One entry of a list, and where it stands. */
  record Item(String text, Place place) {}

  /** A list, and whether all that the file has in it could be read. */
  record Items(List<Item> items, boolean complete) {
    List<String> texts() {
      return items.stream().map(Item::text).toList();
    }
  }

  /** Refuses keys that are none of those known here. */
  void checkKeys(Yaml.Mapping mapping, Collection<String> known, String place) {
    for (Yaml.Entry entry : mapping.entries()) {
      String key = entry.key().text();
      if (known.contains(key)) {
        continue;
      }
      Optional<String> meant = Suggestion.nearest(key, known);
      findings.add(
          entry.key().place(),
          FileRule.UNKNOWN_KEY,
          Wording.of(Escaped.quote(key) + " is not a key " + place)
              .then(
                  meant
                      .map(word -> Wording.of("; did you mean ").key(word).text("?"))
                      .orElse(Wording.of("."))),
          meant
              .map(word -> Wording.of("Write ").key(word).text("."))
              .or(() -> elsewhere(key).map(Wording::of))
              .orElseGet(() -> Wording.of("The keys are ").keys(known).text(".")));
    }
  }

  private Optional<String> elsewhere(String key) {
    if (PolicyReader.KEYS.contains(key.replace('-', '_'))) {
      return Optional.of("Move it below cors:.");
    }
    return topKeys.contains(key)
        ? Optional.of("Move it to the start of a line, outside of what it is in now.")
        : Optional.empty();
  }

  Yaml.@Nullable Mapping mapping(Yaml.Entry entry) {
    if (entry.value() instanceof Yaml.Mapping mapping) {
      return mapping;
    }
    wrong(entry, "has keys of its own", Wording.of("Put its keys below it, indented."));
    return null;
  }

  /** The text of a key that has one; null also if there is no such key. */
  @Nullable Item text(Yaml.Mapping mapping, String key, String example) {
    Yaml.Entry entry = mapping.get(key);
    if (entry == null) {
      return null;
    }
    if (!(entry.value() instanceof Yaml.Scalar scalar) || scalar.isNull()) {
      wrong(entry, "is text", write(key, example));
      return null;
    }
    String text = variables.fill(scalar);
    if (text == null) {
      return null;
    }
    if (text.isBlank()) {
      missing(entry, write(key, example));
      return null;
    }
    return new Item(text.strip(), scalar.place());
  }

  /** The text of a key, which may be empty once its variables are filled in. */
  @Nullable String filled(Yaml.Mapping mapping, String key) {
    Yaml.Entry entry = mapping.get(key);
    if (entry == null) {
      return null;
    }
    if (!(entry.value() instanceof Yaml.Scalar scalar)) {
      wrong(entry, "is text", "Write " + key + ": followed by the text.");
      return null;
    }
    return variables.fill(scalar);
  }

  /**
   * The truth of a key; false if there is no such key.
   *
   * @param unclear what to go on with after a value that could mean either
   */
  boolean truth(Yaml.Mapping mapping, String key, boolean unclear) {
    Item item = literal(mapping, key, "is true or false", Wording.of("Write true or false."));
    if (item == null) {
      Yaml.Entry entry = mapping.get(key);
      return unclear && entry != null && !(entry.value() instanceof Yaml.Scalar);
    }
    String text = item.text();
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    String lower = text.toLowerCase(Locale.ROOT);
    boolean yes = YES.contains(lower);
    boolean no = NO.contains(lower);
    wrong(
        item,
        Escaped.quote(text) + " is not true or false.",
        yes ? "Write true." : no ? "Write false." : "Write true or false.");
    return yes || (unclear && !no);
  }

  /** The whole number of a key that has one; null also if there is no such key. */
  @Nullable Long number(Yaml.Mapping mapping, String key, String unit, String example) {
    Wording fix = Wording.of("Write " + unit + ", such as ").key(key).text(": " + example + ".");
    Item item = literal(mapping, key, "is a whole number", fix);
    if (item == null) {
      return null;
    }
    // 18 digits always fit.
    if (!item.text().matches("[+-]?[0-9]{1,18}")) {
      wrong(item, Wording.of(Escaped.quote(item.text()) + " is not a whole number."), fix);
      return null;
    }
    return Long.valueOf(item.text());
  }

  /** The list of a key that has one; null also if there is no such key. */
  @Nullable Items list(Yaml.Mapping mapping, String key, String example) {
    Yaml.Entry entry = mapping.get(key);
    if (entry == null) {
      return null;
    }
    List<Item> items = new ArrayList<>();
    if (entry.value() instanceof Yaml.Scalar scalar && Variables.isIn(scalar)) {
      return new Items(items, addFilled(scalar, items));
    }
    if (!(entry.value() instanceof Yaml.Sequence sequence)) {
      boolean single = entry.value() instanceof Yaml.Scalar scalar && !scalar.isNull();
      String text = single ? ((Yaml.Scalar) entry.value()).text() : "";
      String inner = single ? Escaped.literal(text) : example;
      wrong(entry, "is a list", write(key, "[" + inner + "]"));
      if (!single) {
        return null;
      }
      items.add(new Item(text, entry.value().place()));
      return new Items(items, false);
    }
    boolean complete = true;
    for (Yaml each : sequence.items()) {
      if (!(each instanceof Yaml.Scalar scalar)) {
        findings.add(
            each.place(),
            FileRule.WRONG_TYPE,
            Wording.of("An entry of ").key(key).text(" is text."),
            Wording.of("Write one value an entry, such as " + example + "."));
        complete = false;
      } else if (Variables.isIn(scalar)) {
        complete &= addFilled(scalar, items);
      } else if (scalar.text().isEmpty() || (scalar.isNull() && !scalar.text().equals("null"))) {
        findings.add(
            scalar.place(),
            FileRule.MISSING_VALUE,
            Wording.of("An entry of ").key(key).text(" is empty."),
            Wording.of("Write a value such as " + example + ", or remove the entry."));
        complete = false;
      } else {
        items.add(new Item(scalar.text(), scalar.place()));
      }
    }
    return new Items(List.copyOf(items), complete);
  }

  /** What the environment gives for a list is separated by commas. */
  private boolean addFilled(Yaml.Scalar scalar, List<Item> items) {
    String text = variables.fill(scalar);
    if (text == null) {
      return false;
    }
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        items.add(new Item(part.strip(), scalar.place()));
      }
    }
    return true;
  }

  /** A value that is no string, so that quotes are wrong unless a variable is in them. */
  private @Nullable Item literal(Yaml.Mapping mapping, String key, String want, Wording fix) {
    Yaml.Entry entry = mapping.get(key);
    if (entry == null) {
      return null;
    }
    if (!(entry.value() instanceof Yaml.Scalar scalar) || scalar.isNull()) {
      wrong(entry, want, fix);
      return null;
    }
    String text = variables.fill(scalar);
    if (text == null) {
      return null;
    }
    if (scalar.quoted() && !Variables.isIn(scalar)) {
      wrong(entry, want + ", not a string", Wording.of("Remove the quotes."));
    }
    return new Item(text.strip(), scalar.place());
  }

  void wrong(Item item, String message, String fix) {
    wrong(item, Wording.of(message), Wording.of(fix));
  }

  void wrong(Item item, Wording message, Wording fix) {
    findings.add(
        item.place(),
        Finding.of(FileRule.WRONG_TYPE, item.place().path(), message, fix).about(item.text()));
  }

  void wrong(Yaml.Entry entry, String want, String fix) {
    wrong(entry, want, Wording.of(fix));
  }

  private void wrong(Yaml.Entry entry, String want, Wording fix) {
    if (entry.value() instanceof Yaml.Scalar scalar && scalar.isNull()) {
      missing(entry, fix);
    } else {
      findings.add(
          entry.value().place(),
          FileRule.WRONG_TYPE,
          quoted(entry.key()).text(" " + want + "."),
          fix);
    }
  }

  void missing(Yaml.Entry entry, String fix) {
    missing(entry, Wording.of(fix));
  }

  private void missing(Yaml.Entry entry, Wording fix) {
    findings.add(
        entry.key().place(),
        FileRule.MISSING_VALUE,
        quoted(entry.key()).text(" has no value."),
        fix);
  }

  private static Wording write(String key, String value) {
    return Wording.of("Write ").key(key).text(": " + value + ".");
  }

  /** A key in quotes; the name of a profile may be any text. */
  private static Wording quoted(Yaml.Scalar key) {
    String quoted = Escaped.quote(key.text());
    return quoted.length() == key.text().length() + 2
        ? Wording.of("\"").key(key.text()).text("\"")
        : Wording.of(quoted);
  }
}
