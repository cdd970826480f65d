package dev.corsac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.cli.text.TerminalStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

class MarkdownTextTest {
  @Test
  void blocksAreLaidOut() {
    assertThat(
            MarkdownText.plain(
                """
                # A title

                Prose that goes on,
                with `*.code*`, *emphasis*, [a link](https://a.test) and <https://b.test>.

                ## Below it

                - one
                - two, which is long enough to be broken into a second line of the terminal
                  - inner

                3. three
                4. four

                ### Least

                ```yaml
                key:  value

                  other: 1
                ```

                | id | what |
                |---|---|
                | `a` | the first |
                | longer | the second, which is so long that it goes on in a second line |

                > quoted

                ---
                """))
        .isEqualTo(
            """
            A title
            =======

            Prose that goes on, with `*.code*`, emphasis, a link (https://a.test) and
            https://b.test.

            Below it
            --------

            - one
            - two, which is long enough to be broken into a second line of the terminal
              - inner

            3. three
            4. four

            Least

                key:  value

                  other: 1

            id      what
            `a`     the first
            longer  the second, which is so long that it goes on in a second line

              quoted

            ---
            """);
  }

  @Test
  void narrowTerminalsGetNarrowLines() {
    ColorScheme plain = new ColorScheme.Builder(Ansi.OFF).build();
    String text =
        MarkdownText.of(
            "# A title of more than forty columns, so that it is broken\n\n"
                + "word ".repeat(40)
                + "\n\n| a first cell of more than twenty | words of another |\n|---|---|\n",
            new TerminalStyle(plain, 40));
    assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(40));
  }

  @ParameterizedTest
  @CsvSource({"40, 40", "39, 40", "0, 40", "79, 79", "200, 80", "'', 80", "-5, 80", "99999, 80"})
  void columnsAreThoseOfTheTerminalUpToEighty(String columns, int width) {
    assertThat(TerminalStyle.width(columns)).isEqualTo(width);
  }

  @Test
  void nothingThatATerminalObeysIsPrinted() {
    String text =
        MarkdownText.plain("# \u001b[2J\n\n\u0007 `\u202e`\n\n```\n\u001b]0;x\u0007\n```\n");
    assertThat(text).doesNotContain("\u001b", "\u0007", "\u202e");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://*.example.com and http://localhost:*",
        "a dot is \\. or \\\\, * and ** and _x_",
        "<b> `code` [x](y) # | ~~z~~ &amp; !",
        "- no list",
        "# no heading",
        "> no quote"
      })
  void escapedTextMeansItself(String text) {
    assertThat(MarkdownText.plain(MarkdownText.escaped(text))).isEqualTo(text + "\n");
  }
}
