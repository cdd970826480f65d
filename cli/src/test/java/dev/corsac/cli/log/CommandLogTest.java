package dev.corsac.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class CommandLogTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final CommandLog log =
      new CommandLog(new PrintStream(written, true, StandardCharsets.UTF_8));

  private List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void itIsTheOneThatLibrariesFind() {
    assertThat(LoggerFactory.getILoggerFactory()).isInstanceOf(CommandLog.class);
  }

  @Test
  void aLine_hasDateAndZone() {
    log.getLogger("corsac").info("corsac  denied  {} {}", "GET", "/x");
    assertThat(lines())
        .singleElement()
        .asString()
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d)"
                + " INFO corsac  denied  GET /x");
  }

  @Test
  void anEvent_isOneLine_whateverIsInIt() {
    Logger netty = log.getLogger("io.netty.channel");
    netty.warn(
        "a\r\nb\u001b[31m\u0085\u2028\u202e",
        new IllegalStateException("c\nd", new RuntimeException("e")));
    assertThat(lines())
        .singleElement()
        .asString()
        .contains("WARN io.netty.channel: a??b?[31m???")
        .contains("IllegalStateException: c?d, caused by ")
        .contains("RuntimeException: e < ");
    netty.info("a library says nothing that is no warning");
    assertThat(lines()).hasSize(1);
  }

  @Test
  void aLongEvent_isCut_andSaysSo() {
    log.getLogger("corsac").warn("x".repeat(100_000));
    assertThat(lines()).singleElement().asString().hasSizeLessThan(1100).endsWith("x…");
  }

  @Test
  void floods_areBounded_thoseOfLibrariesApart() {
    Logger netty = log.getLogger("io.netty");
    Logger vertx = log.getLogger("io.vertx");
    for (int i = 0; i < 10_000; i++) {
      netty.error("a defect {}", i, new IllegalStateException("again"));
      vertx.error("another {}", i);
    }
    // More than a second may have passed.
    assertThat(lines().size()).isLessThan(40 * CommandLog.OTHERS);
    int before = lines().size();
    log.getLogger("corsac").info("corsac  still there");
    assertThat(lines()).hasSize(before + 1);
  }
}
