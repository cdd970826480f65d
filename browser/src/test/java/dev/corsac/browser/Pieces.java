package dev.corsac.browser;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Texts for parsers: what a grammar is made of, in any order. */
public final class Pieces {
  private Pieces() {}

  /** Pieces in any order, now and then with any character between. */
  public static Arbitrary<String> of(String... pieces) {
    Arbitrary<String> piece =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.of(pieces)), Tuple.of(1, Arbitraries.strings().ofMaxLength(3)));
    return piece.list().ofMaxSize(12).map(list -> String.join("", list));
  }

  /** Of a server's response. */
  public static Arbitrary<String> responses() {
    return of(
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 302 x\r\n",
        "HTTP/1.1 100 x\r\n\r\n",
        "\r\n",
        "\n",
        ": ",
        "Content-Length: 3\r\n",
        "Content-Length: x\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Content-Encoding: gzip\r\n",
        "Location: /y\r\n",
        "Access-Control-Allow-Origin: *\r\n",
        " folded\r\n",
        "3\r\nabc\r\n",
        "0\r\n\r\n",
        "ffffffff\r\n",
        "\u0000",
        "x");
  }
}
