package dev.corsac;

import dev.corsac.text.Escaped;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * An observer that asks a candidate policy about each request as well, and counts and logs where it
 * would decide otherwise; what it decides is never applied.
 *
 * <pre>{@code
 * Shadow shadow = new Shadow(candidate, logger::info);
 * Cors observed = policy.observedBy(shadow);
 *
 * shadow would allow  GET /api/data  origin-allowed; origin="https://new.example"; now origin-not-allowed
 * shadow would block  OPTIONS /api/data  header-not-allowed; header="x-debug"; now preflight-allowed
 * }</pre>
 *
 * <p>Would allow: what is refused now would run, or a page could read a response that it may not
 * read now, at all or with the user's cookies. Would block: the other way round. Otherwise the two
 * agree; other differences, such as of {@code max_age}, are not looked at. Lines are escaped and
 * cut, and no more than 20 in one second, as those of {@link DenialLog}. Thread-safe, if what takes
 * the lines is.
 */
public final class Shadow implements BiConsumer<CorsRequest, Decision> {
  private final Cors candidate;
  private final Consumer<? super String> lines;
  private final LineRate rate;
  private final LongAdder agreed = new LongAdder();
  private final LongAdder wouldAllow = new LongAdder();
  private final LongAdder wouldBlock = new LongAdder();

  /**
   * A shadow of whatever it observes.
   *
   * @param candidate what is asked as well
   * @param lines takes a line for each request that it would decide otherwise, such as {@code
   *     logger::info}
   */
  public Shadow(Cors candidate, Consumer<? super String> lines) {
    this.candidate = Objects.requireNonNull(candidate, "candidate");
    this.lines = Objects.requireNonNull(lines, "lines");
    this.rate = new LineRate(left -> lines.accept("shadow  " + left + " more in one second"));
  }

  /** How many requests the candidate would decide alike. */
  public long agreed() {
    return agreed.sum();
  }

  /** How many requests it would allow that are not allowed. */
  public long wouldAllow() {
    return wouldAllow.sum();
  }

  /** How many requests it would not allow that are allowed. */
  public long wouldBlock() {
    return wouldBlock.sum();
  }

  @Override
  public void accept(CorsRequest request, Decision decision) {
    Decision other = candidate.decide(request);
    int more = Integer.compare(allowance(request, other), allowance(request, decision));
    if (more == 0) {
      agreed.increment();
      return;
    }
    (more > 0 ? wouldAllow : wouldBlock).increment();
    if (rate.admit()) {
      lines.accept(
          (more > 0 ? "shadow would allow  " : "shadow would block  ")
              + Escaped.word(request.method())
              + " "
              + Escaped.word(request.path())
              + "  "
              + other.describe(request)
              + "; now "
              + decision.reason().id());
    }
  }

  /**
   * How much a request is allowed: nothing, to run unread, to be read without the credentials that
   * it carries, all.
   */
  private static int allowance(CorsRequest request, Decision decision) {
    if (!decision.reason().allowed()) {
      return decision instanceof Decision.Answer ? 0 : 1;
    }
    boolean withCookies =
        decision.reason() == Reason.ORIGIN_ALLOWED && request.header("Cookie") != null;
    return withCookies && !decision.allowsCredentials() ? 2 : 3;
  }

  /** The candidate, in the form of {@code corsac.yaml}. */
  @Override
  public String toString() {
    return candidate.toString();
  }
}
