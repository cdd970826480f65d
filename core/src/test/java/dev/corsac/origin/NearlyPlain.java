package dev.corsac.origin;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;

/** Origins that are as most are, and such as differ from them in little. */
public final class NearlyPlain implements ArbitrarySupplier<String> {
  @Override
  public Arbitrary<String> get() {
    return Combinators.combine(
            Arbitraries.of("https://", "https://", "http://", "app://", "https:/", ""),
            Arbitraries.of("", "", "", "*.", "xn--mnchen-3ya.", "xn--.", "A.", "u@", "-"),
            Arbitraries.of(
                "a.example",
                "codepen.io",
                "jsbin.com",
                "localhost",
                "a.localhost",
                "github.io",
                "127.0.0.1",
                "10.0.0.0x1",
                "a.1",
                "a.0x",
                "[::1]",
                "b.example.",
                "",
                "null"),
            Arbitraries.of("", "", ":8080", ":443", ":0", ":*", "/", "#x"))
        .as((scheme, start, host, rest) -> scheme + start + host + rest);
  }
}
