package dev.corsac.doctor.problem;

import dev.corsac.browser.Exchange;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a response gives away beside the CORS protocol: which platform made it, and why.
 *
 * <p>Texts may hold what the server sent, as it sent it. Immutable and thread-safe.
 *
 * @param id its name in reports, such as {@code gateway}
 * @param isElsewhere whether no CORS set-up of the server changes it
 * @param isAddition whether the problem's own fix is right as well
 * @param says what it is, in a sentence or two
 * @param fix what to do
 */
public record Evidence(
    String id, boolean isElsewhere, boolean isAddition, String says, String fix) {
  /** Makes a piece of evidence. */
  public Evidence {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(says, "says");
    Objects.requireNonNull(fix, "fix");
  }

  /**
   * What the exchange that decides gives away, the most telling first; at most one of each kind.
   *
   * @param problem the problem that its response shows
   * @param facts what is known of the case
   */
  public static List<Evidence> of(Problem problem, Facts facts, Exchange deciding) {
    return EvidenceRules.of(problem, facts, deciding);
  }

  /** A response header that was meant as one of the CORS protocol, and is none. */
  public static Optional<Evidence> ofMisspeltHeader(Exchange deciding) {
    return MisspeltHeader.in(deciding).map(MisspeltHeader::evidence);
  }
}
