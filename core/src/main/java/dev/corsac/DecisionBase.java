package dev.corsac;

import org.jspecify.annotations.Nullable;

/** What every decision has: a reason, headers, and the policy that can put it into words. */
abstract class DecisionBase {
  private final Reason reason;
  private final HeaderBlock headers;
  private final @Nullable CorsPolicy policy;

  DecisionBase(Reason reason, HeaderBlock headers, @Nullable CorsPolicy policy) {
    this.reason = reason;
    this.headers = headers;
    this.policy = policy;
  }

  /** See {@link Decision#reason}. */
  public final Reason reason() {
    return reason;
  }

  /** See {@link Decision#applyTo}. */
  public final void applyTo(@Nullable String origin, CorsResponse response) {
    headers.applyTo(origin, response);
  }

  /** See {@link Decision#describe}. */
  public final String describe(CorsRequest request) {
    return Explanation.of(reason, policy, request);
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[" + reason.id() + "]";
  }

  /** The same decision, with its description as a response header. */
  final HeaderBlock explained(CorsRequest request) {
    return headers.with(HeaderBlock.DECISION, describe(request));
  }
}
