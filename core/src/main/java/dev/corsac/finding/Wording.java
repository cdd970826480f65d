package dev.corsac.finding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A sentence of a finding whose keys and variables are spelled by whoever prints it.
 *
 * <pre>{@code
 * Wording.of("Move it to ").key("expose_headers").text(", if pages should read it.")
 * }</pre>
 *
 * <p>Text and values stay as they are, whatever they look like. Immutable and thread-safe.
 */
public final class Wording {

  private sealed interface Part permits Text, Key, Variable {
    String in(Spelling spelling);
  }

  private record Text(String text) implements Part {
    @Override
    public String in(Spelling spelling) {
      return text;
    }
  }

  private record Key(String name) implements Part {
    @Override
    public String in(Spelling spelling) {
      return spelling.key(name);
    }
  }

  private record Variable(String name, String fallback) implements Part {
    @Override
    public String in(Spelling spelling) {
      return spelling.variable(name, fallback);
    }
  }

  private final List<Part> parts;

  private Wording(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /** A sentence, or its start, that is spelled alike everywhere. */
  public static Wording of(String text) {
    return new Wording(List.of(new Text(text)));
  }

  /** With text after what there is. */
  public Wording text(String text) {
    return with(new Text(text));
  }

  /**
   * With a key after what there is.
   *
   * @param name as {@code corsac.yaml} has it
   */
  public Wording key(String name) {
    return with(new Key(name));
  }

  /** With keys after what there is, separated by commas. */
  public Wording keys(Collection<String> names) {
    Wording all = this;
    for (String name : names) {
      all = (all == this ? all : all.text(", ")).key(name);
    }
    return all;
  }

  /**
   * With a reference to a variable after what there is.
   *
   * @param fallback the value to use if there is no such variable
   */
  public Wording variable(String name, String fallback) {
    return with(new Variable(name, fallback));
  }

  /** With another sentence after what there is. */
  public Wording then(Wording other) {
    List<Part> all = new ArrayList<>(parts);
    all.addAll(other.parts);
    return new Wording(all);
  }

  private Wording with(Part part) {
    return then(new Wording(List.of(part)));
  }

  /** The sentence with its keys and variables spelled. */
  public String in(Spelling spelling) {
    return parts.stream().map(part -> part.in(spelling)).collect(Collectors.joining());
  }

  /** The sentence as {@code corsac.yaml} would have it. */
  @Override
  public String toString() {
    return in(Spelling.FILE);
  }
}
