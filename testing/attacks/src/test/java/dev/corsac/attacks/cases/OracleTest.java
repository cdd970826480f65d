package dev.corsac.attacks.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.attacks.cases.UpstreamJudge.Version;
import dev.corsac.attacks.lab.Lab;
import dev.corsac.attacks.lab.RecordingUpstream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the judges say of a proxy that does everything wrong. */
class OracleTest {
  private final Lab lab = new Lab(new RecordingUpstream(), CarelessProxy::new);

  @AfterEach
  void close() {
    lab.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cl-te", "te-cl", "cl-two-0-n", "te-space-colon", "value-anulb", "fold"})
  void framing_thatAServerCouldReadOtherwise(String id) throws Exception {
    List<String> wrong = judge(id);
    assertThat(wrong).anyMatch(each -> each.startsWith("the upstream: "));
  }

  @Test
  void requests_thatBecameTwo() throws Exception {
    assertThat(judge("chunk-size-5comma5"))
        .anyMatch(each -> each.contains("the upstream: chunk size"));
    assertThat(judge("no-length-then-request"))
        .anyMatch(each -> each.contains("bytes after the request, before its response"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"interim-102-later", "surplus", "surplus-later"})
  void responses_thatGoToOthers(String id) throws Exception {
    UpstreamCase attack =
        CaseFiles.upstream().stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow();
    assertThat(UpstreamJudge.judge(lab, attack, Version.HTTP_1_1))
        .anyMatch(each -> each.contains("innocent"));
  }

  @Test
  void nothingWrong_withoutAFault() throws Exception {
    assertThat(judge("cl-white-space")).hasSize(0);
  }

  private List<String> judge(String id) throws Exception {
    Http1Case attack =
        CaseFiles.http1().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    return Http1Judge.judge(lab, attack);
  }
}
