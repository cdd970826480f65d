package dev.corsac.config.regex;

import com.google.re2j.Pattern;
import dev.corsac.OriginSource;
import dk.brics.automaton.Automaton;
import java.util.Optional;

/** The origins that a regular expression matches as a whole. Immutable and thread-safe. */
public final class RegexOrigins implements OriginSource {
  private final Pattern pattern;

  public RegexOrigins(Pattern pattern) {
    this.pattern = pattern;
  }

  @Override
  public boolean allows(String origin) {
    return pattern.matches(origin);
  }

  /** The texts that it matches; empty if that would be too large, or is not known. */
  public Optional<Automaton> automaton() {
    return RegexAutomaton.of(pattern.pattern()).map(OriginLanguage::withoutClasses);
  }

  /** The expression. */
  @Override
  public String toString() {
    return pattern.pattern();
  }
}
