package dev.corsac;

import dev.corsac.text.Escaped;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * An observer of decisions that writes a line for each request that was denied, fit for the log of
 * a server that strangers can reach.
 *
 * <pre>{@code
 * Cors logged = policy.observedBy(new DenialLog(logger::info));
 *
 * denied  POST /api/data  origin-not-allowed; origin="https://evil.example"; answered with 403
 * denied  GET /api/data  origin-not-allowed; origin="https://evil.example"; the application runs
 * would refuse  POST /api/data  origin-allowed; origin="https://app.example"; would-refuse=credentials-not-allowed; the application runs
 * }</pre>
 *
 * <p>The end of the line says whether the application saw the request: without {@link Enforcement}
 * it does, and only the page is kept from the response. What stems from the request is escaped and
 * cut, so it can neither split a line nor fill one. Of more than 20 lines in one second the rest is
 * counted, and the number is told with the next line. Time and severity are left to the logger.
 * Thread-safe, if what takes the lines is.
 */
public final class DenialLog implements BiConsumer<CorsRequest, Decision> {
  private final Consumer<? super String> lines;
  private final LineRate rate;

  /**
   * A log.
   *
   * @param lines takes each line, such as {@code logger::info}; an exception that it throws is that
   *     of the observer (see {@link Cors#observedBy})
   */
  public DenialLog(Consumer<? super String> lines) {
    this(lines, () -> System.nanoTime() / 1_000_000_000L);
  }

  DenialLog(Consumer<? super String> lines, LongSupplier seconds) {
    this.lines = Objects.requireNonNull(lines, "lines");
    this.rate =
        new LineRate(left -> lines.accept("denied  " + left + " more in one second"), seconds);
  }

  @Override
  public void accept(CorsRequest request, Decision decision) {
    boolean reported = decision.reported().isPresent();
    if (decision.reason().allowed() && !reported) {
      return;
    }
    if (!rate.admit()) {
      return;
    }
    lines.accept(
        (reported ? "would refuse  " : "denied  ")
            + Escaped.word(request.method())
            + " "
            + Escaped.word(request.path())
            + "  "
            + decision.describe(request)
            + (decision instanceof Decision.Answer answer
                ? "; answered with " + answer.status()
                : "; the application runs"));
  }
}
