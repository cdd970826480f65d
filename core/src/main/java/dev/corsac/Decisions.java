package dev.corsac;

/** The decisions that belong to no policy. */
final class Decisions {
  static final Decision NO_POLICY =
      new Decision.Proceed(Reason.NO_POLICY, HeaderBlock.UNTOUCHED, null);

  static final Decision PATH_AMBIGUOUS =
      new Decision.Answer(Reason.PATH_AMBIGUOUS, 400, HeaderBlock.NONE, null);

  static final Cors OFF =
      new Cors() {
        @Override
        public Decision decide(CorsRequest request) {
          return NO_POLICY;
        }

        @Override
        public String toString() {
          return "off";
        }
      };

  private Decisions() {}
}
