package dev.corsac.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Held against a map that keeps everything. */
class TallyProperties {
  private static final Tally.Example EXAMPLE = new Tally.Example("/", "192.0.2.7");

  private static Alike alike(int origin) {
    return new Alike(
        Event.DENIED,
        "origin-not-allowed",
        "passed",
        "https://o" + origin + ".example",
        "default",
        "GET",
        "");
  }

  @Property(tries = 200)
  void nothingIsCountedTwice_orLost_andWhatIsFrequentIsKept(
      @ForAll @Size(min = 1, max = 3000) List<@IntRange(max = 1000) Integer> origins,
      @ForAll @IntRange(max = 30) int mostTold) {
    Tally tally = new Tally();
    Map<String, Long> all = new HashMap<>();
    long told = 0;
    for (int i = 0; i < origins.size(); i++) {
      // Some are frequent, most are not.
      int origin = i % 3 == 0 ? origins.get(i) % 5 : origins.get(i);
      all.merge(alike(origin).origin(), 1L, Long::sum);
      told += tally.add(alike(origin), EXAMPLE, mostTold) ? 1 : 0;
    }
    List<Tally.Entry> kept = tally.top(Integer.MAX_VALUE);
    assertThat(kept).hasSizeLessThanOrEqualTo(Tally.MOST);
    assertThat(tally.total()).isEqualTo(origins.size());
    assertThat(tally.untold()).isEqualTo(origins.size() - told);
    assertThat(told).isLessThanOrEqualTo(mostTold);
    long certain = 0;
    for (Tally.Entry entry : kept) {
      assertThat(entry.certain()).isBetween(1L, all.get(entry.alike().origin()));
      certain += entry.untold();
    }
    assertThat(certain).isLessThanOrEqualTo(tally.untold());
    all.forEach(
        (origin, count) -> {
          if (count > (double) origins.size() / Tally.MOST) {
            assertThat(kept).anyMatch(entry -> entry.alike().origin().equals(origin));
          }
        });
  }
}
