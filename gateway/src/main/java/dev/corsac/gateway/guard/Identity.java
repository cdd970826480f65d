package dev.corsac.gateway.guard;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What guards found out about who makes a request, as header fields for the upstream, and the
 * fields that were the gateway's business only. Immutable.
 *
 * @param headers names with values; clients cannot send fields of these names
 * @param spent names in lower case of fields that upstreams do not get
 */
public record Identity(Map<String, String> headers, Set<String> spent) {
  static final Identity NOBODY = new Identity(Map.of(), Set.of());

  private static final String UNRESERVED = "-._~:/@";

  /** Copies. */
  public Identity {
    headers = Map.copyOf(headers);
    spent = Set.copyOf(spent);
  }

  /** Adds a field. */
  Identity with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Identity(more, spent);
  }

  /** Adds a field that upstreams do not get. */
  Identity without(String name) {
    Set<String> more = new LinkedHashSet<>(spent);
    more.add(name.toLowerCase(Locale.ROOT));
    return new Identity(headers, more);
  }

  /**
   * Text that an issuer chose, as a header field can carry it: all but letters, digits and {@code
   * -._~:/@} percent-encoded as UTF-8.
   */
  static String encoded(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || UNRESERVED.indexOf(c) >= 0;
      if (plain) {
        encoded.append(c);
      } else {
        encoded.append('%').append(String.format("%02X", (int) c));
      }
    }
    return encoded.toString();
  }
}
