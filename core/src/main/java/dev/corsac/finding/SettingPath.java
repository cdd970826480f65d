package dev.corsac.finding;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place in a policy or a configuration: the keys and indexes that lead to it, such as {@code
 * cors}, {@code allow_origins}, 2.
 *
 * <pre>{@code
 * SettingPath entry = SettingPath.of("allow_origins").index(2);     // allow_origins[2]
 * SettingPath inFile = entry.below(SettingPath.of("cors"));         // cors.allow_origins[2]
 * }</pre>
 *
 * <p>Keys are those of {@code corsac.yaml}, wherever the policy comes from. Immutable and
 * thread-safe.
 */
public final class SettingPath {

  /** A key or an index. */
  public sealed interface Step permits Key, Index {}

  /**
   * A key of a mapping.
   *
   * @param name as it is written
   */
  public record Key(String name) implements Step {}

  /**
   * A place in a list.
   *
   * @param number from 0
   */
  public record Index(int number) implements Step {}

  /** The whole: no step. */
  public static final SettingPath ROOT = new SettingPath();

  private final @Nullable SettingPath parent;
  private final @Nullable Step last;

  private SettingPath() {
    this.parent = null;
    this.last = null;
  }

  private SettingPath(SettingPath parent, Step last) {
    this.parent = parent;
    this.last = last;
  }

  /** The path of one key. */
  public static SettingPath of(String key) {
    return ROOT.key(key);
  }

  /** The path of a key below this one. */
  public SettingPath key(String name) {
    return new SettingPath(this, new Key(name));
  }

  /** The path of an entry of the list that this one leads to. */
  public SettingPath index(int number) {
    return new SettingPath(this, new Index(number));
  }

  /** This path, taken from where another one leads to. */
  public SettingPath below(SettingPath start) {
    return parent == null || last == null ? start : new SettingPath(parent.below(start), last);
  }

  /** The steps from the root, none for the root itself. */
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (SettingPath at = this; at != null && at.last != null; at = at.parent) {
      steps.add(at.last);
    }
    Collections.reverse(steps);
    return Collections.unmodifiableList(steps);
  }

  /** The form for people, such as {@code routes[0].cors.max_age}, each key spelled. */
  public String in(Spelling spelling) {
    StringBuilder text = new StringBuilder();
    for (Step step : steps()) {
      if (step instanceof Index index) {
        text.append('[').append(index.number).append(']');
      } else if (step instanceof Key key) {
        text.append(text.isEmpty() ? "" : ".").append(spelling.key(key.name));
      }
    }
    return text.toString();
  }

  /** The form for people, such as {@code routes[0].cors.max_age}; empty for the root. */
  @Override
  public String toString() {
    return in(Spelling.FILE);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SettingPath path
        && Objects.equals(last, path.last)
        && Objects.equals(parent, path.parent);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hashCode(parent) + Objects.hashCode(last);
  }
}
