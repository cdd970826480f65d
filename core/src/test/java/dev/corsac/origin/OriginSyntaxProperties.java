package dev.corsac.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class OriginSyntaxProperties {
  /** What is told in one pass is what the rules say one by one. */
  @Property(tries = 20_000)
  void ordinaryOrigins_breakNoRule(
      @ForAll(supplier = NearlyPlain.class) String plain,
      @ForAll @Chars({'a', '0', 'x', '.', '-', '_', ':', '8', 'A'}) @StringLength(max = 12)
          String rest) {
    for (String origin : List.of(plain, plain + rest, "https://" + rest, "http://a." + rest)) {
      assertThat(OriginSyntax.check(origin, false))
          .isEqualTo(OriginSyntax.checkThoroughly(origin, false));
      assertThat(OriginSyntax.check(origin, true))
          .isEqualTo(OriginSyntax.checkThoroughly(origin, true));
      assertThat(OriginSyntax.isSerialised(origin))
          .isEqualTo(OriginSyntax.checkThoroughly(origin, false) == null);
    }
  }
}
