package dev.corsac;

import org.jspecify.annotations.Nullable;

/**
 * What to do with a request: let the application run, or answer at once; and which CORS headers the
 * response carries.
 *
 * <p>A decision is an immutable value, shared between requests, and touches nothing by itself. An
 * adapter does two things with it:
 *
 * <pre>{@code
 * Decision decision = cors.decide(request);
 * String origin = request.header("Origin");          // kept, since others may change the request meanwhile
 * if (decision instanceof Decision.Answer answer) {
 *   decision.applyTo(origin, response);              // a preflight, or a refusal: the application never runs
 *   end(answer.status());
 * } else {
 *   beforeHeadersAreSent(() -> decision.applyTo(origin, response));   // late: whatever the application did
 * }
 * }</pre>
 */
public sealed interface Decision {

  /** Why it was decided so. */
  Reason reason();

  /**
   * Writes the CORS headers of this decision to a response and removes every other CORS header from
   * it, so that what the application or an upstream set by itself does not appear twice; {@code
   * Vary} is added to, never replaced.
   *
   * <p>Applying twice is the same as applying once. Without a policy ({@link Reason#NO_POLICY})
   * nothing is touched.
   *
   * @param origin the request's {@code Origin} as it was when the decision was made, null if it had
   *     none
   */
  void applyTo(@Nullable String origin, CorsResponse response);

  /**
   * The decision in words, for logs and the {@code Corsac-Decision} header: the reason's id and
   * what it was about, such as {@code header-not-allowed; header="x-debug"}.
   *
   * <p>Whatever stems from the request is cut to 128 characters and escaped: printable ASCII
   * without quotes, so it can neither split a log line nor a header.
   *
   * @param request the request that was decided on
   */
  String describe(CorsRequest request);

  /** The application runs; the headers are written to whatever response comes of it. */
  final class Proceed extends DecisionBase implements Decision {
    Proceed(Reason reason, HeaderBlock headers, @Nullable CorsPolicy policy) {
      super(reason, headers, policy);
    }
  }

  /** The request is answered at once with an empty body, and the application never sees it. */
  final class Answer extends DecisionBase implements Decision {
    private final int status;

    Answer(Reason reason, int status, HeaderBlock headers, @Nullable CorsPolicy policy) {
      super(reason, headers, policy);
      this.status = status;
    }

    /**
     * The status code: the policy's preflight status, 403 for what is refused, 400 for an ambiguous
     * path.
     */
    public int status() {
      return status;
    }
  }
}
