package dev.corsac.browser.url;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * UTS #46, non-transitional processing (https://www.unicode.org/reports/tr46/), with the flags of
 * the URL standard: hyphens, ASCII and lengths are not checked, joiners and directions are.
 *
 * <p>The mapping is derived as the report's section 7 has it, from the case folding and the
 * normalisation of the Java platform. Characters that its Unicode does not know are refused.
 */
final class Idna {
  static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  static final int ZERO_WIDTH_JOINER = 0x200d;

  private static final String FULL_STOPS = ".\u3002\uff0e\uff61";

  /** Default ignorable characters that disappear; first and last of each range. */
  private static final int[] IGNORED = {
    0xad, 0xad, 0x34f, 0x34f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180f, 0x200b, 0x200b,
    0x2060, 0x2064, 0x206a, 0x206f, 0x3164, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xfeff, 0xffa0, 0xffa0,
    0x1bca0, 0x1bca3, 0x1d173, 0x1d17a, 0xe0100, 0xe01ef
  };

  private Idna() {}

  /** The domain in ASCII, or null where the report says that there is an error. */
  static @Nullable String toAscii(String domain) {
    String mapped = map(domain);
    if (mapped == null) {
      return null;
    }
    List<String> labels = new ArrayList<>();
    for (String label : mapped.split("\\.", -1)) {
      String unicode = unicode(label);
      if (unicode == null) {
        return null;
      }
      labels.add(unicode);
    }
    boolean bidi = labels.stream().anyMatch(BidiRule::isRightToLeft);
    if (bidi && !labels.stream().allMatch(BidiRule::holds)) {
      return null;
    }
    return labels.stream()
        .map(label -> isAscii(label) ? label : Punycode.encode(label))
        .collect(Collectors.joining("."));
  }

  /** The steps "map" and "normalize". */
  private static @Nullable String map(String domain) {
    StringBuilder mapped = new StringBuilder();
    for (int c : domain.codePoints().toArray()) {
      if (isDisallowed(c)) {
        return null;
      }
      mapped.append(mapping(c));
    }
    return Normalizer.normalize(mapped, Normalizer.Form.NFC);
  }

  /** A label whose Punycode is decoded, or null if it is not valid. */
  private static @Nullable String unicode(String label) {
    if (!label.startsWith("xn--")) {
      return isAscii(label) || isValid(label) ? label : null;
    }
    String decoded = isAscii(label) ? Punycode.decode(label.substring("xn--".length())) : null;
    boolean valid = decoded != null && !isAscii(decoded) && isValid(decoded);
    return valid ? decoded : null;
  }

  /** https://www.unicode.org/reports/tr46/#Validity_Criteria. */
  private static boolean isValid(String label) {
    if (!Normalizer.isNormalized(label, Normalizer.Form.NFC)
        || label.startsWith("xn--")
        || label.indexOf('.') >= 0
        || isMark(label.codePointAt(0))) {
      return false;
    }
    for (int c : label.codePoints().toArray()) {
      if (isDisallowed(c) || !mapping(c).equals(Character.toString(c))) {
        return false;
      }
    }
    return Joiners.areAllowed(label);
  }

  private static boolean isMark(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }

  private static String mapping(int c) {
    if (isIgnored(c)) {
      return "";
    }
    if (FULL_STOPS.indexOf(c) >= 0) {
      return ".";
    }
    boolean deviation =
        c == 0xdf || c == 0x3c2 || c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER;
    if (deviation || c == 0x131) {
      return Character.toString(c);
    }
    return c == 0x1d6a4 ? "\u0131" : folded(c);
  }

  /** NFKC_Casefold; Cherokee folds to upper case. */
  private static String folded(int c) {
    if (c >= 0x13a0 && c <= 0x13f5) {
      return Character.toString(c);
    }
    if ((c >= 0x13f8 && c <= 0x13fd) || (c >= 0xab70 && c <= 0xabbf)) {
      return Character.toString(Character.toUpperCase(c));
    }
    String compatible = nfkc(Character.toString(c));
    return nfkc(compatible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
  }

  private static String nfkc(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  private static boolean isIgnored(int c) {
    for (int i = 0; i < IGNORED.length; i += 2) {
      if (c >= IGNORED[i] && c <= IGNORED[i + 1]) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDisallowed(int c) {
    if (c < 0x80 || isIgnored(c) || FULL_STOPS.indexOf(c) >= 0) {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.FORMAT -> c != ZERO_WIDTH_NON_JOINER && c != ZERO_WIDTH_JOINER;
      default -> {
        boolean description = (c >= 0x2ff0 && c <= 0x2ffb) || c == 0xfffc || c == 0xfffd;
        String folded = folded(c);
        yield description
            || c == 0x1680
            || folded.indexOf('.') >= 0
            || folded.indexOf('\u3002') >= 0;
      }
    };
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
