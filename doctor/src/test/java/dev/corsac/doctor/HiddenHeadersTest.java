package dev.corsac.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.WireResponse;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import org.junit.jupiter.api.Test;

/** Headers that the page reads, and others that it could not. */
class HiddenHeadersTest {

  @Test
  void headerThatThePageReads_isToldOfOnce() {
    Diagnosis diagnosis =
        Doctor.create()
            .transport(
                request ->
                    WireResponse.of(
                        200,
                        "Access-Control-Allow-Origin",
                        "*",
                        "X-Total-Count",
                        "3",
                        "X-Next",
                        "/2"))
            .reads("X-Total-Count")
            .examine(
                Page.of("https://app.example.com"),
                PageRequest.fetch("https://api.example.com/items"));

    assertThat(diagnosis.problem()).contains(Problem.HEADERS_NOT_EXPOSED);
    assertThat(diagnosis.says()).contains("X-Total-Count").doesNotContain("x-next");
    assertThat(diagnosis.remarks())
        .filteredOn(remark -> remark.problem() == Problem.HEADERS_NOT_EXPOSED)
        .map(ProblemCase::says)
        .singleElement()
        .asString()
        .contains("x-next")
        .doesNotContainIgnoringCase("x-total-count");
  }
}
