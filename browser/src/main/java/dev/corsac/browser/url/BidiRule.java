package dev.corsac.browser.url;

import java.util.Set;

/** The Bidi rule (RFC 5893, 2). */
final class BidiRule {
  private static final Set<Byte> STRONG_RIGHT_TO_LEFT =
      Set.of(
          Character.DIRECTIONALITY_RIGHT_TO_LEFT,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
          Character.DIRECTIONALITY_ARABIC_NUMBER);
  private static final Set<Byte> NEUTRAL =
      Set.of(
          Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR,
          Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR,
          Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR,
          Character.DIRECTIONALITY_OTHER_NEUTRALS,
          Character.DIRECTIONALITY_BOUNDARY_NEUTRAL,
          Character.DIRECTIONALITY_NONSPACING_MARK);

  private BidiRule() {}

  /** Whether a label makes its domain one to which the rule applies. */
  static boolean isRightToLeft(String label) {
    return label.codePoints().anyMatch(c -> STRONG_RIGHT_TO_LEFT.contains(direction(c)));
  }

  static boolean holds(String label) {
    if (label.isEmpty()) {
      return true;
    }
    byte first = direction(label.codePointAt(0));
    if (first == Character.DIRECTIONALITY_LEFT_TO_RIGHT) {
      return label.codePoints().allMatch(c -> isOfLeftToRight(direction(c)))
          && endsWith(label, Character.DIRECTIONALITY_LEFT_TO_RIGHT, first);
    }
    if (first != Character.DIRECTIONALITY_RIGHT_TO_LEFT
        && first != Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC) {
      return false;
    }
    boolean european = has(label, Character.DIRECTIONALITY_EUROPEAN_NUMBER);
    boolean arabic = has(label, Character.DIRECTIONALITY_ARABIC_NUMBER);
    return label.codePoints().allMatch(c -> isOfRightToLeft(direction(c)))
        && !(european && arabic)
        && (endsWith(label, Character.DIRECTIONALITY_RIGHT_TO_LEFT, first)
            || endsWith(
                label,
                Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
                Character.DIRECTIONALITY_ARABIC_NUMBER));
  }

  private static boolean isOfLeftToRight(byte direction) {
    return direction == Character.DIRECTIONALITY_LEFT_TO_RIGHT
        || direction == Character.DIRECTIONALITY_EUROPEAN_NUMBER
        || NEUTRAL.contains(direction);
  }

  private static boolean isOfRightToLeft(byte direction) {
    return STRONG_RIGHT_TO_LEFT.contains(direction)
        || direction == Character.DIRECTIONALITY_EUROPEAN_NUMBER
        || NEUTRAL.contains(direction);
  }

  private static boolean has(String label, byte wanted) {
    return label.codePoints().anyMatch(c -> direction(c) == wanted);
  }

  /** Whether the last character that is not a mark has one of these directions, or is a digit. */
  private static boolean endsWith(String label, byte one, byte other) {
    int[] characters = label.codePoints().toArray();
    int last = characters.length - 1;
    while (last > 0 && direction(characters[last]) == Character.DIRECTIONALITY_NONSPACING_MARK) {
      last--;
    }
    byte direction = direction(characters[last]);
    return direction == one
        || direction == other
        || direction == Character.DIRECTIONALITY_EUROPEAN_NUMBER;
  }

  private static byte direction(int c) {
    return Character.getDirectionality(c);
  }
}
