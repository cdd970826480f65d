package dev.corsac.attacks;

import dev.corsac.attacks.Reading.Malformed;
import java.util.regex.Pattern;

/**
 * Faults of the gateway that the cases list as known differences, and that generated attacks find
 * again and again: what shows nothing else is not reported. With each that is mended, its line here
 * goes.
 */
final class KnownFaults {
  /** In HTTP/1.0 the first of two lengths counts. */
  private static final Pattern TWO_LENGTHS =
      Pattern.compile("(?is).*HTTP/1\\.0.*content-length[ \\t]*:.*content-length[ \\t]*:.*");

  /** A control character behind the version is taken for white space. */
  private static final Pattern VERSION =
      Pattern.compile("(?s).*HTTP/1\\.[01][^\\r\\n]*[\\x00-\\x08\\x0e-\\x1f][^\\r\\n]*[\\r\\n].*");

  private KnownFaults() {}

  static boolean inRequest(String bytes) {
    return TWO_LENGTHS.matcher(bytes).matches() || VERSION.matcher(bytes).matches();
  }

  /** A response's header name is cut at white space. */
  static boolean inResponse(Reading reading) {
    return reading instanceof Malformed malformed && malformed.why().startsWith("header line: ");
  }
}
