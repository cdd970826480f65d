package dev.corsac.config;

import dev.corsac.finding.Wording;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads amounts: durations and sizes, which have a unit, and counts. */
final class Quantities {
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final int MOST = 1_000_000;
  private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,9}) ?([A-Za-z]*)");

  private static final Map<String, Duration> TIMES =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));

  private static final Map<String, Long> SIZES =
      Map.of(
          "",
          1L,
          "B",
          1L,
          "KB",
          1_000L,
          "MB",
          1_000_000L,
          "GB",
          1_000_000_000L,
          "KiB",
          1L << 10,
          "MiB",
          1L << 20,
          "GiB",
          1L << 30);

  private final ValueReader values;

  Quantities(ValueReader values) {
    this.values = values;
  }

  Duration duration(Yaml.Mapping mapping, String key, Duration standard) {
    return duration(mapping, key, standard, false);
  }

  Duration durationOrZero(Yaml.Mapping mapping, String key, Duration standard) {
    return duration(mapping, key, standard, true);
  }

  private Duration duration(Yaml.Mapping mapping, String key, Duration standard, boolean orZero) {
    ValueReader.Item item = values.text(mapping, key, "5s");
    if (item == null) {
      return standard;
    }
    Matcher matcher = AMOUNT.matcher(item.text());
    Duration unit = matcher.matches() ? TIMES.get(matcher.group(2)) : null;
    long number = unit == null ? 0 : Long.parseLong(matcher.group(1));
    if (unit == null || (number == 0 && !orZero)) {
      values.wrong(
          item,
          Escaped.quote(item.text()) + " is not a duration.",
          "Write a number and ms, s, m or h, such as 500ms or 5s.");
      return standard;
    }
    Duration duration = unit.multipliedBy(number);
    if (duration.compareTo(LONGEST) > 0) {
      values.wrong(
          item,
          Escaped.quote(item.text()) + " is longer than 30 days.",
          "Write at most " + LONGEST.toHours() + "h.");
      return standard;
    }
    return duration;
  }

  /** A whole number from 1. */
  int count(Yaml.Mapping mapping, String key, int standard) {
    return count(mapping, key, standard, "a whole number from 1 to " + MOST);
  }

  /** A whole number from 1; {@link Integer#MAX_VALUE} for {@code off}. */
  int countOrOff(Yaml.Mapping mapping, String key, int standard) {
    String what = "a whole number from 1 to " + MOST + ", or off";
    ValueReader.Item item = values.text(mapping, key, Integer.toString(standard));
    return item != null && item.text().equals("off")
        ? Integer.MAX_VALUE
        : count(mapping, key, standard, what);
  }

  private int count(Yaml.Mapping mapping, String key, int standard, String what) {
    ValueReader.Item item = values.text(mapping, key, Integer.toString(standard));
    if (item == null) {
      return standard;
    }
    boolean digits = item.text().matches("[0-9]{1,9}");
    int number = digits ? Integer.parseInt(item.text()) : 0;
    if (number < 1 || number > MOST) {
      values.wrong(
          item,
          Wording.of(Escaped.quote(item.text()) + " is not " + what + "."),
          Wording.of("Write " + what + ", such as ").key(key).text(": " + standard + "."));
      return standard;
    }
    return number;
  }

  /** The bytes of a key; {@link Long#MAX_VALUE} for {@code off}. */
  long bytes(Yaml.Mapping mapping, String key) {
    return bytes(mapping, key, CorsacConfig.DEFAULT_MAX_BODY);
  }

  long bytes(Yaml.Mapping mapping, String key, long standard) {
    ValueReader.Item item = values.text(mapping, key, "10MB");
    if (item == null) {
      return standard;
    }
    if (item.text().equals("off")) {
      return Long.MAX_VALUE;
    }
    Matcher matcher = AMOUNT.matcher(item.text());
    Long unit = matcher.matches() ? SIZES.get(matcher.group(2)) : null;
    if (unit == null) {
      values.wrong(
          item,
          Escaped.quote(item.text()) + " is not a size.",
          "Write bytes, or a number and KB, MB, GB, KiB, MiB or GiB, such as 10MB; or off.");
      return standard;
    }
    return unit * Long.parseLong(matcher.group(1));
  }
}
