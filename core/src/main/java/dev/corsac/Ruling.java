package dev.corsac;

import org.jspecify.annotations.Nullable;

/**
 * What is decided for every request of one kind: all of a {@link Decision} but the echoed origin,
 * made when the policy is built.
 */
final class Ruling {
  static final Ruling NO_POLICY = proceed(Reason.NO_POLICY, CorsHeaders.UNTOUCHED, null);

  /** RFC 9110 section 15.5.20. */
  static final Ruling HOST_NOT_ALLOWED =
      answer(Reason.HOST_NOT_ALLOWED, 421, CorsHeaders.NONE, null);

  static final Ruling PATH_AMBIGUOUS = answer(Reason.PATH_AMBIGUOUS, 400, CorsHeaders.NONE, null);

  private static final int NO_STATUS = 0;

  private final Reason reason;
  private final int status;
  private final CorsHeaders headers;
  private final @Nullable CompiledPolicy policy;
  private final @Nullable Reason reported;
  private final @Nullable Decision shared;

  private Ruling(
      Reason reason,
      int status,
      CorsHeaders headers,
      @Nullable CompiledPolicy policy,
      @Nullable Reason reported) {
    this.reason = reason;
    this.reported = reported;
    this.status = status;
    this.headers = headers;
    this.policy = policy;
    this.shared = headers.echoesOrigin() ? null : decision(null);
  }

  /** The application runs. */
  static Ruling proceed(Reason reason, CorsHeaders headers, @Nullable CompiledPolicy policy) {
    return new Ruling(reason, NO_STATUS, headers, policy, null);
  }

  /** The request is answered at once. */
  static Ruling answer(
      Reason reason, int status, CorsHeaders headers, @Nullable CompiledPolicy policy) {
    return new Ruling(reason, status, headers, policy, null);
  }

  /** The decision on one request; the same object for all requests whose origin is not echoed. */
  Decision on(@Nullable String origin) {
    return shared == null ? decision(origin) : shared;
  }

  private Decision decision(@Nullable String origin) {
    return status == NO_STATUS
        ? new Decision.Proceed(this, origin)
        : new Decision.Answer(this, origin);
  }

  Ruling with(String name, String value) {
    return new Ruling(reason, status, headers.with(name, value), policy, reported);
  }

  /** The same, told to have been refused if it were enforced. */
  Ruling reporting(Reason refusal) {
    return new Ruling(reason, status, headers, policy, refusal);
  }

  @Nullable Reason reported() {
    return reported;
  }

  Reason reason() {
    return reason;
  }

  int status() {
    return status;
  }

  CorsHeaders headers() {
    return headers;
  }

  /** The policy that can put the decision into words; null if there is none. */
  @Nullable CompiledPolicy policy() {
    return policy;
  }

  /** The {@link Cors} of paths without a policy. */
  enum NoPolicy implements Cors {
    OFF;

    @Override
    public Decision decide(CorsRequest request) {
      return NO_POLICY.on(null);
    }

    @Override
    public String toString() {
      return "off";
    }
  }
}
