package dev.corsac.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void text_splitsNoLine_andIsBounded() {
    assertThat(Printable.text("/a\r\nINFO fake \u001b[31m\u2028é"))
        .isEqualTo("/a??INFO fake ?[31m??");
    assertThat(Printable.text("x".repeat(5000))).hasSize(129).endsWith("…");
    assertThat(Printable.text("https://page.example")).isEqualTo("https://page.example");
  }

  @Test
  void aWord_hasNoBlank() {
    assertThat(Printable.word("/a b\tc")).isEqualTo("/a?b?c");
  }
}
