package dev.corsac.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OriginSetTest {

  @Test
  void aMillionOrigins_areAllFoundAndTakeFortyBytesEach() {
    List<String> origins = new ArrayList<>();
    for (int i = 0; i < 1_000_000; i++) {
      origins.add("https://app" + i + ".example.com");
    }
    OriginSet.Builder builder = new OriginSet.Builder(origins.size());
    origins.forEach(builder::add);
    OriginSet set = builder.build();
    assertThat(set.size()).isEqualTo(1_000_000);
    assertThat(set.bytes()).isLessThan(40_000_000);
    for (int i = 0; i < origins.size(); i += 101) {
      assertThat(set.containsExact(origins.get(i))).isTrue();
      assertThat(set.containsExact(origins.get(i) + "x")).isFalse();
    }
    assertThat(set.containsExact("https://app1000000.example.com")).isFalse();
  }

  /** Two texts of each pair have one {@code String.hashCode}, so all the combinations have. */
  @Test
  void originsThatWereChosenToCollide_haveHashesOfTheirOwn() {
    List<String> origins = new ArrayList<>(List.of("https://"));
    for (int i = 0; i < 12; i++) {
      origins = origins.stream().flatMap(each -> Stream.of(each + "aw", each + "c9")).toList();
    }
    OriginSet.Builder builder = new OriginSet.Builder(0);
    origins.forEach(origin -> builder.add(origin + ".example"));
    OriginSet set = builder.build();
    assertThat(origins.stream().map(String::hashCode).distinct()).hasSize(1);
    assertThat(origins.stream().map(OriginHash::of).distinct().count())
        .isGreaterThan(origins.size() - 10);
    assertThat(origins).allMatch(origin -> set.containsExact(origin + ".example"));
    assertThat(set.containsExact(origins.get(0) + ".exampld")).isFalse();
  }

  /** Patterns of one domain, which a look-up would otherwise have to go through. */
  @Test
  void patternsOfOneDomain_haveHashesOfTheirOwn() {
    OriginSet.Builder builder = new OriginSet.Builder(0);
    Set<Integer> hashes = new HashSet<>();
    for (int i = 1; i <= 5_000; i++) {
      for (String entry :
          List.of("https://*.a.example:" + (i + 1000), "x" + i + "://*.a.example")) {
        builder.add(entry);
        hashes.add(new OriginKey(entry).hash);
      }
    }
    OriginSet set = builder.build();
    assertThat(hashes.size()).isGreaterThan(9_990);
    assertThat(set.matchesPattern("https://b.a.example:1001")).isTrue();
    assertThat(set.matchesPattern("https://b.a.example:6001")).isFalse();
    assertThat(set.matchesPattern("https://b.a.example")).isFalse();
    assertThat(set.matchesPattern("x5000://c.b.a.example")).isTrue();
    assertThat(set.matchesPattern("x5001://c.b.a.example")).isFalse();
    assertThat(set.matchesPattern("x5000://a.example")).isFalse();
  }
}
