package dev.corsac.config.diff;

import dev.corsac.Cors;
import dev.corsac.CorsPolicy;
import dev.corsac.Enforcement;
import dev.corsac.Reason;
import dev.corsac.config.diff.OriginUnion.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Compares two policies, either of which may be none.
 *
 * <p>A policy decides by its origins, methods, headers and settings, each by itself. So each is
 * compared by itself: the origins as sets, and all else by requests of an origin that both allow.
 * If there is no such origin, nothing else can be seen of the difference.
 */
final class PolicyDiff {
  private static final List<String> OTHER_METHODS = List.of("PURGE", "REPORT", "X-OTHER");
  private static final List<String> COMMON_METHODS = List.of("PUT", "PATCH", "DELETE", "OPTIONS");
  private static final List<String> OTHER_HEADERS = List.of("x-any-other", "x-any-other-header");

  /** Stands for an origin of a source that both have, if no other origin of both is known. */
  static final String STAND_IN = "https://one-of-them.example";

  private Optional<CorsPolicy> before;
  private Optional<CorsPolicy> after;
  private final Witness plain;
  private final Set<String> unproven;
  private final Set<String> notes;
  private final List<Difference> differences = new ArrayList<>();
  private final OriginUnion readersBefore;
  private final OriginUnion readersAfter;
  private final String stranger;

  private PolicyDiff(
      Optional<CorsPolicy> before,
      Optional<CorsPolicy> after,
      Witness plain,
      Set<String> unproven,
      Set<String> notes) {
    this.before = before;
    this.after = after;
    this.plain = plain;
    this.unproven = unproven;
    this.notes = notes;
    this.readersBefore = OriginUnion.readers(before);
    this.readersAfter = OriginUnion.readers(after);
    this.stranger = OriginUnion.outsideOf(readersBefore, readersAfter);
  }

  /**
   * What differs.
   *
   * @param plain a GET request that is decided by these policies
   * @param unproven takes what could not be compared
   * @param notes takes what has to be known to read the witnesses
   */
  static List<Difference> of(
      Optional<CorsPolicy> before,
      Optional<CorsPolicy> after,
      Witness plain,
      Set<String> unproven,
      Set<String> notes) {
    PolicyDiff diff = new PolicyDiff(before, after, plain, unproven, notes);
    diff.compare();
    return diff.differences;
  }

  private void compare() {
    if (before.isPresent() != after.isPresent()) {
      add(Subject.POLICY, state(before) + " → " + state(after), preflight(stranger, "GET"));
    }
    compareOrigins();
    compareExplain();
    compareEnforcement();
    compareTrusted();
    if (before.isPresent() && after.isPresent()) {
      readersBefore
          .inCommon(readersAfter)
          .ifPresentOrElse(this::compareFor, this::compareForSource);
    }
  }

  private void compareFor(String origin) {
    compareCredentials(origin);
    compareMethods(origin);
    compareRequestHeaders(origin);
    compareExposed(origin);
    compareSettings(origin);
  }

  /** Compares what origins are allowed that are not known now. */
  private void compareForSource() {
    Set<String> sources = new TreeSet<>(readersBefore.unknown());
    sources.retainAll(readersAfter.unknown());
    if (!sources.isEmpty()) {
      before = before.map(PolicyDiff::withStandIn);
      after = after.map(PolicyDiff::withStandIn);
      int known = differences.size();
      compareFor(STAND_IN);
      if (differences.size() > known) {
        notes.add(STAND_IN + " stands for any origin of " + String.join(" and ", sources));
      }
    }
  }

  private static CorsPolicy withStandIn(CorsPolicy policy) {
    return policy.toBuilder().allowOrigins(STAND_IN).build();
  }

  private static String state(Optional<CorsPolicy> policy) {
    return policy.isPresent() ? "policy" : "off";
  }

  private void compareOrigins() {
    addOrigins(Direction.NEWLY_PASSES, readersAfter.minus(readersBefore, unproven), after);
    addOrigins(Direction.NEWLY_BLOCKED, readersBefore.minus(readersAfter, unproven), before);
  }

  private void addOrigins(Direction direction, List<Item> items, Optional<CorsPolicy> allowing) {
    boolean credentials = allowing.map(CorsPolicy::allowsCredentials).orElse(false);
    for (Item item : items) {
      add(direction, Subject.ORIGIN, item, credentials, plain.with("Origin", item.origin()));
    }
  }

  private void compareCredentials(String origin) {
    boolean now = after.map(CorsPolicy::allowsCredentials).orElse(false);
    boolean earlier = before.map(CorsPolicy::allowsCredentials).orElse(false);
    if (now != earlier) {
      Witness witness = plain.with("Origin", origin).with("Cookie", "id=1");
      add(
          now ? Direction.NEWLY_PASSES : Direction.NEWLY_BLOCKED,
          Subject.CREDENTIALS,
          new Item("allow_credentials: " + earlier + " → " + now, origin, false),
          true,
          witness);
    }
  }

  private void compareMethods(String origin) {
    Set<String> methods = listed(CorsPolicy::allowedMethods);
    String other =
        OTHER_METHODS.stream().filter(each -> !methods.contains(each)).findFirst().orElse("X");
    methods.addAll(COMMON_METHODS);
    methods.add(other);
    for (String method : methods) {
      addPermission(
          Subject.METHOD,
          method.equals(other) ? "any other method" : method,
          preflight(origin, method),
          effect -> effect.reason() == Reason.PREFLIGHT_ALLOWED);
    }
  }

  private void compareRequestHeaders(String origin) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String name : listed(CorsPolicy::allowedHeaders)) {
      names.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
    }
    String other =
        OTHER_HEADERS.stream().filter(each -> !names.containsKey(each)).findFirst().orElse("x");
    names.put(other, "any other header");
    names.forEach(
        (name, written) ->
            addPermission(
                Subject.REQUEST_HEADER,
                written,
                preflight(origin, "GET").with("Access-Control-Request-Headers", name),
                effect -> effect.reason() == Reason.PREFLIGHT_ALLOWED));
  }

  private Set<String> listed(Function<CorsPolicy, List<String>> list) {
    Set<String> all = new LinkedHashSet<>();
    Stream.of(before, after).flatMap(Optional::stream).map(list).forEach(all::addAll);
    all.remove("*");
    return all;
  }

  private void compareExposed(String origin) {
    Witness witness = plain.with("Origin", origin);
    Set<String> earlier = effect(before, witness).exposed();
    Set<String> now = effect(after, witness).exposed();
    addExposed(Direction.NEWLY_PASSES, now, earlier, witness);
    addExposed(Direction.NEWLY_BLOCKED, earlier, now, witness);
  }

  private void addExposed(
      Direction direction, Set<String> these, Set<String> others, Witness witness) {
    if (others.contains("*")) {
      return;
    }
    boolean any = these.contains("*");
    for (String name : any ? Set.of("any other header") : new TreeSet<>(these)) {
      if (!others.contains(name)) {
        add(
            direction,
            Subject.RESPONSE_HEADER,
            new Item(name, "", false),
            effect(after, witness).credentials(),
            witness);
      }
    }
  }

  private void compareSettings(String origin) {
    Witness witness = preflight(origin, "GET");
    Effect earlier = effect(before, witness);
    Effect now = effect(after, witness);
    if (!earlier.maxAge().equals(now.maxAge())) {
      add(Subject.MAX_AGE, "max_age: " + earlier.maxAge() + " → " + now.maxAge(), witness);
    }
    if (!earlier.status().equals(now.status())) {
      add(
          Subject.PREFLIGHT_STATUS,
          "preflight_status: " + status(earlier) + " → " + status(now),
          witness);
    }
  }

  private static int status(Effect effect) {
    return effect.status().orElse(0);
  }

  private void compareExplain() {
    boolean earlier = effect(before, plain).explained();
    boolean now = effect(after, plain).explained();
    if (earlier != now) {
      add(Subject.EXPLAIN, "explain: " + earlier + " → " + now, plain);
    }
  }

  /** Requests that some enforcement refuses if any does. */
  private List<Witness> acting() {
    Witness post = new Witness("POST", plain.path(), plain.fields());
    List<Witness> all = new ArrayList<>();
    for (Witness each : List.of(post, plain)) {
      Witness elsewhere = each.with("Sec-Fetch-Site", "cross-site");
      all.add(elsewhere.with("Origin", stranger).with("Cookie", "id=1"));
      all.add(elsewhere);
    }
    return all;
  }

  private void compareEnforcement() {
    Enforcement earlier = before.map(CorsPolicy::enforcement).orElse(Enforcement.OFF);
    Enforcement now = after.map(CorsPolicy::enforcement).orElse(Enforcement.OFF);
    if (earlier != now) {
      acting().stream()
          .filter(each -> effect(before, each).runs() != effect(after, each).runs())
          .findFirst()
          .ifPresent(
              witness ->
                  add(
                      effect(after, witness).runs()
                          ? Direction.NEWLY_PASSES
                          : Direction.NEWLY_BLOCKED,
                      Subject.ENFORCE,
                      new Item("enforce: " + earlier.key() + " → " + now.key(), "", false),
                      true,
                      witness));
    }
    acting().stream()
        .filter(
            each -> {
              Effect was = effect(before, each);
              Effect is = effect(after, each);
              return was.runs() && is.runs() && !was.reported().equals(is.reported());
            })
        .findFirst()
        .ifPresent(witness -> add(Subject.ENFORCE_REPORT, reports(), witness));
  }

  private String reports() {
    return "enforce_report: "
        + before.map(CorsPolicy::reportedEnforcement).orElse(Enforcement.OFF).key()
        + " → "
        + after.map(CorsPolicy::reportedEnforcement).orElse(Enforcement.OFF).key();
  }

  /**
   * The origins that may act and not read. That of those that may read follows from what was
   * compared.
   */
  private void compareTrusted() {
    if (!before.map(PolicyDiff::looksAtActing).orElse(false)
        || !after.map(PolicyDiff::looksAtActing).orElse(false)) {
      return;
    }
    CorsPolicy earlier = before.orElseThrow();
    CorsPolicy now = after.orElseThrow();
    List<Item> added = OriginUnion.trustedBy(now).minus(OriginUnion.actors(earlier), unproven);
    List<Item> removed = OriginUnion.trustedBy(earlier).minus(OriginUnion.actors(now), unproven);
    addTrusted(Direction.NEWLY_PASSES, added);
    addTrusted(Direction.NEWLY_BLOCKED, removed);
  }

  private void addTrusted(Direction direction, List<Item> items) {
    for (Item item : items) {
      Witness witness =
          new Witness("POST", plain.path(), plain.fields())
              .with("Origin", item.origin())
              .with("Cookie", "id=1")
              .with("Sec-Fetch-Site", "cross-site");
      add(direction, Subject.TRUSTED_ORIGIN, item, true, witness);
    }
  }

  private static boolean looksAtActing(CorsPolicy policy) {
    return policy.enforcement() != Enforcement.OFF
        || policy.reportedEnforcement() != Enforcement.OFF;
  }

  private Witness preflight(String origin, String method) {
    return new Witness("OPTIONS", plain.path(), plain.fields())
        .with("Origin", origin)
        .with("Access-Control-Request-Method", method);
  }

  private void addPermission(
      Subject subject, String value, Witness witness, Function<Effect, Boolean> allowed) {
    Effect now = effect(after, witness);
    boolean passes = allowed.apply(now);
    if (passes != allowed.apply(effect(before, witness))) {
      Direction direction = passes ? Direction.NEWLY_PASSES : Direction.NEWLY_BLOCKED;
      add(direction, subject, new Item(value, "", false), now.credentials(), witness);
    }
  }

  private void add(Subject subject, String value, Witness witness) {
    add(Direction.CHANGED, subject, new Item(value, "", false), false, witness);
  }

  private void add(
      Direction direction, Subject subject, Item item, boolean credentials, Witness witness) {
    differences.add(
        new Difference(
            direction,
            subject,
            item.value(),
            credentials,
            item.partly(),
            witness,
            effect(before, witness),
            effect(after, witness)));
  }

  private static Effect effect(Optional<CorsPolicy> policy, Witness witness) {
    return Effect.of(policy.<Cors>map(each -> each).orElse(Cors.off()).decide(witness));
  }
}
