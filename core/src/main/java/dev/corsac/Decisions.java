package dev.corsac;

/** The decisions that belong to no policy. */
final class Decisions {
  static final Decision NO_POLICY =
      new Decision.Proceed(Reason.NO_POLICY, HeaderBlock.UNTOUCHED, null);

  static final Decision PATH_AMBIGUOUS =
      new Decision.Answer(Reason.PATH_AMBIGUOUS, 400, HeaderBlock.NONE, null);

  private Decisions() {}
}
