package dev.corsac;

import dev.corsac.origin.OriginSet;
import dev.corsac.origin.OriginSyntax;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may act: which requests {@code enforce} refuses, and which {@code enforce_report} tells. */
final class Acting {
  /**
   * Schemes of {@code Authorization} that browsers use on their own once the user has logged in.
   */
  private static final Set<String> AMBIENT_SCHEMES = Set.of("basic", "digest", "negotiate", "ntlm");

  private final Enforcement enforcement;
  private final Enforcement report;
  private final OriginSet trusted;
  private final boolean trustsNull;
  private final boolean credentials;
  private final boolean allowsAuthorization;

  /**
   * @param allowsAuthorization whether pages may write {@code Authorization} themselves
   */
  Acting(PolicySettings settings, OriginSet trusted, boolean allowsAuthorization) {
    this.enforcement = settings.enforcement;
    this.report = settings.enforceReport;
    this.trusted = trusted;
    this.trustsNull = settings.trustsNull();
    this.credentials = settings.credentials;
    this.allowsAuthorization = allowsAuthorization;
  }

  boolean isEnforced(CorsRequest request) {
    return looksAt(enforcement, request);
  }

  boolean isReported(CorsRequest request) {
    return looksAt(report, request);
  }

  private static boolean looksAt(Enforcement enforcement, CorsRequest request) {
    return switch (enforcement) {
      case OFF -> false;
      case UNSAFE -> FetchMetadata.isUnsafe(request);
      case ALL -> request.header("Origin") != null || !FetchMetadata.isNavigation(request);
    };
  }

  /**
   * Whether the page behind a request may act, and if not, why.
   *
   * @param reading whether it may read
   * @param origin the first {@code Origin} of the request; null if there is none
   */
  Reason check(Reason reading, @Nullable String origin, CorsRequest request) {
    if (origin == null) {
      return FetchMetadata.isFromElsewhere(request)
          ? Reason.CROSS_SITE_WITHOUT_ORIGIN
          : Reason.NO_ORIGIN;
    }
    if (reading == Reason.ORIGIN_ALLOWED) {
      boolean acts =
          credentials
              || !carriesCredentials(request)
              || trusts(origin)
              || FetchMetadata.isSameOrigin(origin, request);
      return acts ? reading : Reason.CREDENTIALS_NOT_ALLOWED;
    }
    if (reading != Reason.ORIGIN_NOT_ALLOWED) {
      return reading;
    }
    if (FetchMetadata.isSameOrigin(origin, request)) {
      return Reason.SAME_ORIGIN;
    }
    return trusts(origin) ? Reason.ORIGIN_TRUSTED : reading;
  }

  /** What a request is decided to be that is refused for a reason, where nothing is enforced. */
  static Reason unenforced(Reason refusal) {
    return switch (refusal) {
      case CREDENTIALS_NOT_ALLOWED -> Reason.ORIGIN_ALLOWED;
      case CROSS_SITE_WITHOUT_ORIGIN -> Reason.NO_ORIGIN;
      default -> refusal;
    };
  }

  private boolean trusts(String origin) {
    return origin.equals("null")
        ? trustsNull
        : trusted.containsExact(origin)
            || (trusted.hasPatterns()
                && OriginSyntax.isSerialised(origin)
                && trusted.matchesPattern(origin));
  }

  /**
   * Whether a request speaks for a user: what a browser adds on its own, and an {@code
   * Authorization} that the policy does not let pages write.
   */
  private boolean carriesCredentials(CorsRequest request) {
    if (request.header("Cookie") != null || request.hasClientCertificate()) {
      return true;
    }
    String authorization = request.header("Authorization");
    return authorization != null && !(allowsAuthorization && isWrittenByPages(request));
  }

  private static boolean isWrittenByPages(CorsRequest request) {
    for (String line : request.headers("Authorization")) {
      int end = line.indexOf(' ');
      String scheme = end < 0 ? line : line.substring(0, end);
      if (AMBIENT_SCHEMES.stream().anyMatch(scheme::equalsIgnoreCase)) {
        return false;
      }
    }
    return true;
  }
}
