package dev.corsac.spring;

import dev.corsac.InvalidPolicyException;
import dev.corsac.finding.Finding;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Shows every error of a policy that stopped the application, and how to mend each. */
final class InvalidPolicyAnalyzer extends AbstractFailureAnalyzer<InvalidPolicyException> {
  private final PropertyLocations origins;

  InvalidPolicyAnalyzer(Environment environment) {
    this.origins = new PropertyLocations(environment);
  }

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidPolicyException cause) {
    List<Finding> errors = cause.findings();
    String head =
        errors.size() == 1
            ? "The CORS policy has an error:\n"
            : "The CORS policy has " + errors.size() + " errors:\n";
    String description =
        errors.stream()
            .map(
                error ->
                    "\n%s\n    %s [%s]"
                        .formatted(origins.where(error), error.message(), error.rule().id()))
            .collect(Collectors.joining("", head, ""));
    String action =
        errors.stream()
            .map(error -> "%s\n    %s".formatted(error.where(), error.fix()))
            .collect(Collectors.joining("\n"));
    return new FailureAnalysis(description, action, cause);
  }
}
