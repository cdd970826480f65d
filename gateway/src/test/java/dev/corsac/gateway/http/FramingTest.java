package dev.corsac.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {

  private static Framing read(boolean http2, boolean http10, String... lines)
      throws MalformedMessageException {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (String line : lines) {
      String[] parts = line.split(":", 2);
      headers.add(Map.entry(parts[0], parts[1]));
    }
    return Framing.of(headers, http2, http10);
  }

  @Test
  void lengthsAreRead() throws Exception {
    assertThat(read(false, false).length()).isZero();
    assertThat(read(true, false).length()).isEqualTo(-1);
    assertThat(read(true, false, "content-length:0").length()).isZero();
    assertThat(read(false, true, "Content-Length:5").length()).isEqualTo(5);
    assertThat(read(false, false, "Transfer-Encoding:Chunked").length()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length:+5",
        "Content-Length:-5",
        "Content-Length:5,5",
        "Content-Length: 5",
        "Content-Length:5 ",
        "Content-Length:0x5",
        "Content-Length:5.0",
        "Content-Length:",
        "Content-Length:\u0665",
        "Content-Length:9223372036854775808",
        "Content-Length:99999999999999999999",
        "Content-Length:5|content-length:5",
        "Content-Length:5|Content-Length:6",
        "Content-Length:5|Transfer-Encoding:chunked",
        "Transfer-Encoding:chunked|Content-Length:0",
        "Transfer-Encoding:",
        "Transfer-Encoding:identity",
        "Transfer-Encoding:xchunked",
        "Transfer-Encoding:gzip, chunked",
        "Transfer-Encoding:chunked, chunked",
        "Transfer-Encoding:chunked;q=1",
        "Transfer-Encoding:chunked|Transfer-Encoding:chunked",
        ":v",
        "X Y:v",
        "X\tY:v",
        "X\u00e9:v",
        "X(Y:v",
        "X:a\u0000b",
        "X:a\rb",
        "X:a\nb",
        "X:a\u007fb"
      })
  void whatCanBeReadInTwoWays_isRefused(String lines) {
    assertThatThrownBy(() -> read(false, false, lines.split("\\|", -1)))
        .isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void codings_areOnlyHttp11s() {
    for (boolean http2 : new boolean[] {true, false}) {
      assertThatThrownBy(() -> read(http2, !http2, "Transfer-Encoding:chunked"))
          .hasMessageContaining("only HTTP/1.1");
    }
  }

  /** Against a reading that takes the rules word for word. */
  @Property(tries = 5000)
  void isAsTheRulesSay(@ForAll("headers") List<String> lines, @ForAll boolean http10) {
    List<String> lengths = values(lines, "content-length");
    List<String> codings = values(lines, "transfer-encoding");
    boolean allowed =
        codings.isEmpty()
            ? lengths.size() <= 1 && lengths.stream().allMatch(l -> l.matches("[0-9]{1,18}"))
            : lengths.isEmpty()
                && !http10
                && codings.size() == 1
                && codings.get(0).equalsIgnoreCase("chunked");
    long expected = !codings.isEmpty() ? -1 : lengths.isEmpty() ? 0 : -2;
    try {
      long length = read(false, http10, lines.toArray(String[]::new)).length();
      assertThat(allowed).as(lines.toString()).isTrue();
      assertThat(length).isEqualTo(expected == -2 ? Long.parseLong(lengths.get(0)) : expected);
    } catch (MalformedMessageException e) {
      assertThat(allowed).as(lines + ": " + e.problem()).isFalse();
    }
  }

  private static List<String> values(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1))
        .toList();
  }

  @Provide
  Arbitrary<List<String>> headers() {
    Arbitrary<String> names =
        Arbitraries.of(
            "Content-Length", "content-length", "Transfer-Encoding", "TRANSFER-ENCODING", "X");
    Arbitrary<String> values =
        Arbitraries.of(
            "0", "5", "05", "+5", "5,5", "", " 5", "chunked", "CHUNKED", "gzip", "chunked,chunked");
    return Combinators.combine(names, values)
        .as((name, value) -> name + ":" + value)
        .list()
        .ofMaxSize(3);
  }
}
