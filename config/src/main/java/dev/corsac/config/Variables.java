package dev.corsac.config;

import dev.corsac.finding.Wording;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the environment in the place of {@code ${NAME}} and {@code ${NAME:-default}}. */
final class Variables {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\\})?");

  private final Map<String, String> environment;
  private final Findings findings;

  Variables(Map<String, String> environment, Findings findings) {
    this.environment = environment;
    this.findings = findings;
  }

  static boolean isIn(Yaml.Scalar scalar) {
    return scalar.text().contains("${");
  }

  /** The text with its variables filled in; null if one is missing, which is among the findings. */
  @Nullable String fill(Yaml.Scalar scalar) {
    if (!isIn(scalar)) {
      return scalar.text();
    }
    boolean complete = true;
    StringBuilder filled = new StringBuilder();
    Matcher matcher = VARIABLE.matcher(scalar.text());
    while (matcher.find()) {
      String value = value(matcher, scalar);
      complete &= value != null;
      matcher.appendReplacement(filled, Matcher.quoteReplacement(value == null ? "" : value));
    }
    return complete ? matcher.appendTail(filled).toString() : null;
  }

  private @Nullable String value(Matcher matcher, Yaml.Scalar scalar) {
    String name = matcher.group(1);
    if (name == null) {
      findings.add(
          scalar.place(),
          FileRule.MISSING_VARIABLE,
          Wording.of(
              Escaped.quote(scalar.text()) + " has a ${ that is not the start of a variable."),
          Wording.of("Write ${NAME} or ").variable("NAME", "default").text("."));
      return null;
    }
    // As in a shell, :- also stands in for an empty value.
    String fallback = matcher.group(2);
    String value = environment.get(name);
    if (value == null || (value.isEmpty() && fallback != null)) {
      value = fallback;
    } else {
      findings.conceal(scalar.place(), scalar.text());
    }
    if (value == null) {
      findings.add(
          scalar.place(),
          FileRule.MISSING_VARIABLE,
          Wording.of("The environment has no " + name + "."),
          Wording.of("Set it, or give a default: ").variable(name, "...").text("."));
    }
    return value;
  }
}
