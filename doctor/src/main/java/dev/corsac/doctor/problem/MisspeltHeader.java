package dev.corsac.doctor.problem;

import dev.corsac.browser.Exchange;
import dev.corsac.browser.Header;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A response header that was meant as one of the CORS protocol.
 *
 * @param written its name as the server writes it
 * @param meant the name of the standard
 */
record MisspeltHeader(String written, String meant) {
  private static final List<String> NAMES =
      List.of(
          "Access-Control-Allow-Origin",
          "Access-Control-Allow-Credentials",
          "Access-Control-Allow-Methods",
          "Access-Control-Allow-Headers",
          "Access-Control-Expose-Headers",
          "Access-Control-Max-Age");

  /** Names that are as near, and right: requests' own, and those of other protocols. */
  private static final List<String> OTHERS =
      List.of(
          "access-control-request-method",
          "access-control-request-headers",
          "access-control-request-private-network",
          "access-control-request-local-network",
          "access-control-allow-private-network",
          "access-control-allow-local-network");

  /** So many letters may be wrong in a name of thirty. */
  private static final int MOST_WRONG = 4;

  /** The first one that a response has. */
  static Optional<MisspeltHeader> in(Exchange exchange) {
    if (exchange.response() == null) {
      return Optional.empty();
    }
    return exchange.response().headers().lines().stream()
        .flatMap(header -> of(header).stream())
        .findFirst();
  }

  private static Optional<MisspeltHeader> of(Header header) {
    String name = header.name().strip().toLowerCase(Locale.ROOT);
    boolean right = NAMES.stream().anyMatch(name::equalsIgnoreCase) || OTHERS.contains(name);
    if (right || !(name.contains("acc") || name.contains("allow") || name.contains("expose"))) {
      return Optional.empty();
    }
    // Without what people leave out or put between: Allow-Origin, Access_Control_Allow_Origin.
    String letters = letters(name);
    String best = "";
    int least = MOST_WRONG + 1;
    for (String known : NAMES) {
      for (String form : forms(known)) {
        int wrong = distance(letters, letters(form));
        int bound = form.equals(known) ? MOST_WRONG : 0;
        if (wrong <= bound && wrong < least) {
          least = wrong;
          best = known;
        }
      }
    }
    return best.isEmpty()
        ? Optional.empty()
        : Optional.of(new MisspeltHeader(header.name().strip(), best));
  }

  /** The name, and what people leave out of it. */
  private static List<String> forms(String known) {
    return List.of(
        known,
        known.replace("Access-Control-", ""),
        known.replace("Access-Control-Allow-", "Access-Control-"),
        known.replace("Access-Control-", "Access-"));
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }

  /** Levenshtein's. */
  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= Math.min(a.length(), 80); i++) {
      int[] now = new int[b.length() + 1];
      now[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        now[j] = Math.min(replaced, Math.min(before[j], now[j - 1]) + 1);
      }
      before = now;
    }
    return before[b.length()];
  }

  Evidence evidence() {
    return new Evidence(
        "misspelt-header",
        false,
        false,
        "The response has "
            + written
            + ", which no browser knows: the name is "
            + meant
            + ". So it counts as missing.",
        "Write "
            + meant
            + " instead of "
            + written
            + ", or let a CORS library write the header names.");
  }
}
