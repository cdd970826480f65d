package dev.corsac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.finding.Finding;
import dev.corsac.finding.PolicyRule;
import dev.corsac.finding.SettingPath;
import dev.corsac.origin.NearlyPlain;
import dev.corsac.origin.OriginSet;
import dev.corsac.origin.OriginSyntax;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Compares the compiled set with a matcher that is too simple to be wrong. */
class OriginMatchProperties {
  private static final long OVER = 1;
  private static final long LATER = OriginSet.NEVER - 1;

  @Property(tries = 5_000)
  void matchesAsTheNaiveMatcherDoes(
      @ForAll("entries") List<String> entries, @ForAll("origins") String origin) {
    OriginSet.Builder builder = new OriginSet.Builder(0);
    entries.forEach(builder::add);
    OriginSet set = builder.build();
    boolean expected = entries.stream().anyMatch(entry -> naive(entry, origin));

    assertThat(set.containsExact(origin) || set.matchesPattern(origin)).isEqualTo(expected);
    assertThat(set.containsExact(origin)).isEqualTo(entries.contains(origin));
    assertThat(set.toList()).containsExactlyElementsOf(entries.stream().distinct().toList());
    assertThat(set.size()).isEqualTo(set.toList().size());
  }

  @Property(tries = 2_000)
  void orderAndCapacityDoNotMatter(
      @ForAll("entries") List<String> entries, @ForAll("origins") String origin) {
    OriginSet.Builder one = new OriginSet.Builder(0);
    OriginSet.Builder other = new OriginSet.Builder(1000);
    entries.forEach(one::add);
    for (int i = entries.size() - 1; i >= 0; i--) {
      other.add(entries.get(i));
    }
    assertThat(one.build().matchesPattern(origin)).isEqualTo(other.build().matchesPattern(origin));
  }

  /** Added, removed and given ends one after the other, across the sets that are made between. */
  @Property(tries = 5_000)
  void changesAsTheNaiveSetDoes(
      @ForAll("entries") List<String> entries,
      @ForAll List<Byte> steps,
      @ForAll("origins") String origin) {
    Map<String, Long> naive = new HashMap<>();
    OriginSet.Builder builder = new OriginSet.Builder(0);
    Map<OriginSet, Boolean> earlier = new LinkedHashMap<>();
    for (int i = 0; i < steps.size() && !entries.isEmpty(); i++) {
      int step = Byte.toUnsignedInt(steps.get(i));
      String entry = entries.get(step / 4 % entries.size());
      long until = step < 64 ? OVER : step < 128 ? LATER : OriginSet.NEVER;
      switch (step % 4) {
        case 0 -> assertThat(builder.remove(entry)).isEqualTo(naive.remove(entry) != null);
        case 1 -> {
          OriginSet set = builder.build();
          earlier.put(set, allows(set, origin));
          builder = set.toBuilder();
        }
        default -> {
          assertThat(builder.add(entry, until)).isEqualTo(!naive.containsKey(entry));
          naive.merge(entry, until, Math::max);
        }
      }
    }
    OriginSet last = builder.build();
    assertThat(last.toList()).containsExactlyInAnyOrderElementsOf(naive.keySet());
    assertThat(last.size()).isEqualTo(naive.size());
    assertThat(allows(last, origin))
        .isEqualTo(
            naive.entrySet().stream()
                .anyMatch(each -> each.getValue() > OVER && naive(each.getKey(), origin)));
    earlier.forEach((set, allowed) -> assertThat(allows(set, origin)).isEqualTo(allowed));
  }

  private static boolean allows(OriginSet set, String origin) {
    return set.containsExact(origin) || set.matchesPattern(origin);
  }

  /** What is taken for plain at a glance has nothing that the whole check would say. */
  @Property(tries = 20_000)
  void plainOrigins_haveNoFindings(
      @ForAll(supplier = NearlyPlain.class) String origin, @ForAll boolean credentials) {
    List<Finding> findings = new ArrayList<>();
    new OriginCheck(
            "allow_origins",
            List.of(),
            credentials,
            EnumSet.noneOf(Risk.class),
            EnumSet.noneOf(Risk.class),
            findings::add)
        .check(origin, 0);
    if (OriginCheck.isPlain(origin)) {
      assertThat(findings).isEmpty();
    }
  }

  @Property(tries = 20_000)
  void anyOriginHeader_isDecidedWithoutAnException(
      @ForAll String garbage, @ForAll("origins") String origin) {
    CorsPolicy policy =
        CorsPolicy.builder().allowOrigins("https://*.a.b", "http://a:*").explain(true).build();
    for (String value :
        List.of(
            garbage,
            origin + garbage,
            garbage + origin,
            "https://" + garbage,
            "https://[" + garbage)) {
      Decision decision = policy.decide(Request.get(value));
      boolean allowed = decision.reason() == Reason.ORIGIN_ALLOWED;
      assertThat(allowed)
          .isEqualTo(
              OriginSyntax.isSerialised(value)
                  && (naive("https://*.a.b", value) || naive("http://a:*", value)));
    }
  }

  @Property(tries = 20_000)
  void advice_onGarbage_suggestsNothingThatIsWrongAgain(
      @ForAll String garbage, @ForAll("origins") String origin) {
    for (String entry : List.of(garbage, origin + garbage, garbage + origin)) {
      PolicyRule broken = OriginSyntax.check(entry, true);
      if (broken != null) {
        String fix = OriginAdvice.finding(broken, entry, SettingPath.ROOT).fix();
        if (fix.startsWith("Write \"")) {
          String suggestion = fix.substring(7, fix.indexOf('"', 7));
          assertThat(OriginSyntax.check(suggestion, true)).isNull();
        }
      }
    }
  }

  @Example
  void advice_onALongOrigin_suggestsAllOfIt() {
    String origin = "https://" + "a.".repeat(120) + "example:8443";
    assertThat(OriginAdvice.finding(PolicyRule.ORIGIN_PATH, origin + "/", SettingPath.ROOT).fix())
        .isEqualTo("Write \"" + origin + "\".");
  }

  @Property(tries = 20_000)
  void serialisedOrigins_areWhatTheRecordPrints(@ForAll("origins") String origin) {
    assertThat(Origin.parse(origin)).hasToString(origin);
  }

  @Provide
  Arbitrary<List<String>> entries() {
    Arbitrary<String> host = hosts();
    Arbitrary<String> entry =
        Combinators.combine(
                Arbitraries.of("https", "http", "app", "x"),
                Arbitraries.of("", "", "*."),
                host,
                Arbitraries.of("", "", ":8", ":81", ":*"))
            .as((scheme, wildcard, domain, port) -> scheme + "://" + wildcard + domain + port);
    return entry.list().ofMaxSize(12);
  }

  @Provide
  Arbitrary<String> origins() {
    return Combinators.combine(
            Arbitraries.of("https", "http", "app", "x", "xx"),
            hosts(),
            Arbitraries.of("", ":8", ":81", ":1"))
        .as((scheme, domain, port) -> scheme + "://" + domain + port);
  }

  /** Few letters and labels, so that suffixes of one are often the whole of another. */
  private static Arbitrary<String> hosts() {
    return Arbitraries.strings()
        .withChars('a', 'b')
        .ofMinLength(1)
        .ofMaxLength(2)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(labels -> String.join(".", labels));
  }

  private static boolean naive(String entry, String origin) {
    String regex =
        Pattern.quote(entry)
            .replace("://*.", "://\\E(?:[a-z0-9_-]+\\.)+\\Q")
            .replace(":*", "\\E(?::[0-9]+)?\\Q");
    return origin.matches(regex);
  }
}
