package dev.corsac.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventLogTest {

  @Test
  void printable_splitsNoLine_andIsBounded() {
    assertThat(EventLog.printable("/a\r\nINFO fake \u001b[31m\u2028é", 128))
        .isEqualTo("/a??INFO fake ?[31m??");
    assertThat(EventLog.printable("x".repeat(5000), 128)).hasSize(129).endsWith("…");
  }
}
