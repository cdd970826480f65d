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

  /** The name of the version is taken in any case, which RFC 9112 section 2.3 does not allow. */
  private static final Pattern VERSION = Pattern.compile("(?s).*(?!HTTP)(?i:http)/1\\.[01].*");

  private KnownFaults() {}

  static boolean inRequest(String bytes) {
    return TWO_LENGTHS.matcher(bytes).matches() || VERSION.matcher(bytes).matches();
  }

  /** A response's header name is cut at white space. */
  static boolean inResponse(Reading reading) {
    return reading instanceof Malformed malformed && malformed.why().startsWith("header line: ");
  }
}
