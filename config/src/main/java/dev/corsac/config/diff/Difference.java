package dev.corsac.config.diff;

/**
 * One thing that is allowed by one policy and not by the other, or differs otherwise.
 *
 * @param value what it is about: an origin or pattern, a method, a name, or a setting before and
 *     after
 * @param credentials whether it is about requests with the user's credentials
 * @param partly whether a part of what the value stands for is alike in both
 * @param witness a request that the two decide differently
 * @param before what the old one decides
 * @param after what the new one decides
 */
public record Difference(
    Direction direction,
    Subject subject,
    String value,
    boolean credentials,
    boolean partly,
    Witness witness,
    Effect before,
    Effect after) {

  /** How soon a reader should see it: what strangers may newly do with a user's cookies first. */
  int urgency() {
    return switch (direction) {
      case NEWLY_PASSES -> credentials ? 0 : 1;
      case NEWLY_BLOCKED -> 2;
      case CHANGED -> 3;
    };
  }
}
