package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventLogTest {

  @Test
  void admit_isBoundedPerSecond() {
    AtomicLong second = new AtomicLong(7);
    EventLog log = new EventLog(second::get);
    int admitted = 0;
    for (int i = 0; i < 1000; i++) {
      admitted += log.admit() ? 1 : 0;
    }
    assertThat(admitted).isEqualTo(EventLog.LINES_A_SECOND);
    second.incrementAndGet();
    assertThat(log.admit()).isTrue();
  }

  @Test
  void printable_splitsNoLine_andIsBounded() {
    assertThat(EventLog.printable("/a\r\nINFO fake \u001b[31m\u2028é"))
        .isEqualTo("/a??INFO?fake??[31m??");
    assertThat(EventLog.printable("x".repeat(5000))).hasSize(129).endsWith("…");
  }
}
