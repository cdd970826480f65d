package dev.corsac;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to do with a request: let the application run, or answer at once; and which CORS headers the
 * response carries.
 *
 * <p>A decision is immutable and touches nothing by itself. An adapter does two things with it:
 *
 * <pre>{@code
 * Decision decision = cors.decide(request);
 * if (decision instanceof Decision.Answer answer) {
 *   decision.applyTo(response);                             // a preflight, or a refusal: the application never runs
 *   end(answer.status());
 * } else {
 *   beforeHeadersAreSent(() -> decision.applyTo(response)); // late: whatever the application did
 * }
 * }</pre>
 *
 * <p>A decision holds the origin that it was made for, so no other origin can be echoed.
 * Thread-safe.
 */
public abstract sealed class Decision {
  final Ruling ruling;
  private final @Nullable String origin;

  private Decision(Ruling ruling, @Nullable String origin) {
    this.ruling = ruling;
    this.origin = origin;
  }

  /** Why it was decided so. */
  public final Reason reason() {
    return ruling.reason();
  }

  /**
   * Why the request would have been refused if what {@code enforce_report} names were enforced;
   * empty if it would not, or nothing is to be reported.
   */
  public final Optional<Reason> reported() {
    return Optional.ofNullable(ruling.reported());
  }

  /**
   * Writes the CORS headers of this decision to a response and removes every other CORS header from
   * it, so that what the application or an upstream set by itself does not appear twice; {@code
   * Vary} is added to, never replaced.
   *
   * <p>Applying twice is the same as applying once. Without a policy ({@link Reason#NO_POLICY})
   * nothing is touched.
   */
  public final void applyTo(CorsResponse response) {
    ruling.headers().applyTo(origin, response);
  }

  /**
   * Writes the CORS headers of this decision to a response that has no CORS header and no {@code
   * Vary}, such as one that was just made: what {@link #applyTo} does to it, without a look-up.
   */
  public final void addTo(CorsResponse response) {
    ruling.headers().addTo(origin, response);
  }

  /**
   * The headers that {@link #applyTo} writes to an empty response, in that order; unmodifiable. For
   * tests and logs: a response that has headers already needs {@link #applyTo}.
   */
  public final Map<String, String> headers() {
    return ruling.headers().asMap(origin);
  }

  /**
   * The decision in words, for logs and the {@code Corsac-Decision} header: the reason's id and
   * what it was about, such as {@code header-not-allowed; header="x-debug"}.
   *
   * <p>Whatever stems from the request is cut to 128 characters and escaped: printable ASCII
   * without quotes, so it can neither split a log line nor a header.
   *
   * @param request the request that was decided on
   */
  public final String describe(CorsRequest request) {
    return DecisionText.of(ruling, request);
  }

  /** The kind of decision and its reason, for debuggers. */
  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[" + reason().id() + "]";
  }

  /** Whether the response lets the page read it with the user's credentials. */
  final boolean allowsCredentials() {
    return ruling.headers().has(CorsHeaders.ALLOW_CREDENTIALS);
  }

  /** The same decision, with its description as a response header. */
  final Decision explained(CorsRequest request) {
    return ruling.with(CorsHeaders.DECISION, describe(request)).on(origin);
  }

  /** The application runs; the headers are written to whatever response comes of it. */
  public static final class Proceed extends Decision {
    Proceed(Ruling ruling, @Nullable String origin) {
      super(ruling, origin);
    }
  }

  /** The request is answered at once with an empty body, and the application never sees it. */
  public static final class Answer extends Decision {
    Answer(Ruling ruling, @Nullable String origin) {
      super(ruling, origin);
    }

    /**
     * The status code: the policy's preflight status, 403 for what is refused, 400 for an ambiguous
     * path, 421 for a host that the server does not answer to.
     */
    public int status() {
      return ruling.status();
    }
  }
}
