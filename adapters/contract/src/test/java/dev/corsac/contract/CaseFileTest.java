package dev.corsac.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.corsac.InvalidPolicyException;
import dev.corsac.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CaseFileTest {
  private static final Path CONFORMANCE = Path.of("..", "..", "conformance");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(CONFORMANCE, 3)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> !file.toString().endsWith(".schema.json"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void file_followsTheSchema(Path file) throws IOException {
    JsonNode cases = new ObjectMapper().readTree(file.toFile());
    Path name = file.resolveSibling(cases.path("$schema").asText());
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(name));

    assertThat(schema.validate(cases)).isEmpty();
  }

  @Test
  void ids_areUnique() {
    assertThat(CaseFile.all().stream().flatMap(file -> file.cases().stream()).map(Case::id))
        .doesNotHaveDuplicates();
  }

  static Stream<Case> refused() {
    return CaseFile.all().stream()
        .flatMap(file -> file.cases().stream())
        .filter(c -> !c.refused().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("refused")
  void policy_refusedByTheseRules(Case c) {
    InvalidPolicyException refusal =
        catchThrowableOfType(InvalidPolicyException.class, () -> PolicyReader.read(c.policy()));

    assertThat(refusal).as(c.description()).isNotNull();
    List<String> rules = refusal.findings().stream().map(Finding::rule).map(r -> r.id()).toList();
    assertThat(rules).containsExactlyInAnyOrderElementsOf(c.refused());
  }

  @ParameterizedTest
  @MethodSource("everyBehaviour")
  void behaviour_isNamedById(Behaviour behaviour) {
    assertThat(Behaviour.of(behaviour.id())).isEqualTo(behaviour);
  }

  static Stream<Behaviour> everyBehaviour() {
    return Stream.of(Behaviour.values());
  }
}
