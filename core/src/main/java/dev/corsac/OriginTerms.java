package dev.corsac;

import dev.corsac.finding.Finding;
import dev.corsac.finding.PolicyRule;
import dev.corsac.finding.SettingPath;
import dev.corsac.text.Escaped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a policy demands of each origin that it allows: the rules by which an origin is judged that
 * comes from elsewhere than the policy itself, such as a row of a database.
 *
 * <pre>
 * strict()                                                https origins, no "*": for a policy with credentials
 * strict().withoutCredentials()                           also http origins and "*", with a warning
 * strict().dangerouslyAllow(Risk.INSECURE_ORIGINS)        also http origins, with a warning
 * </pre>
 *
 * <p>The origin {@code null} is always refused: only a policy itself can allow it. Immutable.
 */
public final class OriginTerms {
  private static final OriginTerms STRICT = new OriginTerms(true, EnumSet.noneOf(Risk.class));

  private final boolean credentials;
  private final Set<Risk> accepted;

  private OriginTerms(boolean credentials, Set<Risk> accepted) {
    this.credentials = credentials;
    this.accepted = accepted;
  }

  /** The terms of a policy that allows credentials and accepts no danger. */
  public static OriginTerms strict() {
    return STRICT;
  }

  /** The same terms, of a policy without credentials. */
  public OriginTerms withoutCredentials() {
    return new OriginTerms(false, accepted);
  }

  /** The same terms, of a policy that accepts these dangers too. */
  public OriginTerms dangerouslyAllow(Risk... risks) {
    EnumSet<Risk> all = EnumSet.noneOf(Risk.class);
    all.addAll(accepted);
    Collections.addAll(all, risks);
    return new OriginTerms(credentials, all);
  }

  /**
   * Judges one origin or pattern, written as in {@link CorsPolicy.Builder#allowOrigins}.
   *
   * @return what is wrong with it; it is refused if one of the findings is an error
   */
  public List<Finding> check(String origin) {
    if (OriginCheck.isPlain(origin)) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>(2);
    if (accepted.contains(Risk.NULL_ORIGIN) && PolicySettings.isNullOrigin(origin)) {
      findings.add(
          Finding.of(
              PolicyRule.NULL_ORIGIN,
              SettingPath.of("allow_origins"),
              Escaped.quote(origin) + " is allowed by the policy alone, and by no source.",
              "List it in allow_origins."));
      return findings;
    }
    OriginCheck check =
        new OriginCheck(
            "allow_origins",
            List.of(),
            credentials,
            accepted,
            EnumSet.noneOf(Risk.class),
            findings::add);
    check.check(origin, 0);
    return findings;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OriginTerms terms
        && credentials == terms.credentials
        && accepted.equals(terms.accepted);
  }

  @Override
  public int hashCode() {
    return accepted.hashCode() * 31 + Boolean.hashCode(credentials);
  }

  /** Such as {@code with credentials, insecure_origins accepted}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(credentials ? "with" : "without").append(" credentials");
    accepted.forEach(risk -> text.append(", ").append(risk.key()).append(" accepted"));
    return text.toString();
  }
}
