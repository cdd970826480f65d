package dev.corsac;

import dev.corsac.origin.OriginSet;
import dev.corsac.origin.OriginSyntax;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The origins that a policy allows: any, or those listed and those of its sources. */
final class PolicyOrigins {
  private final OriginSet listed;
  private final Grants grants;
  private final List<OriginSource> sources;
  private final boolean any;
  private final boolean nullOrigin;
  private final boolean fileOrigin;

  PolicyOrigins(PolicySettings settings, OriginSet listed, Grants grants) {
    this.listed = listed;
    this.grants = grants;
    this.sources = List.copyOf(settings.sources);
    this.any = settings.anyOrigin();
    this.nullOrigin = settings.nullOrigin();
    this.fileOrigin = settings.fileOrigin();
  }

  /**
   * Whether the origin of a request is allowed, and if not, why.
   *
   * @param origin the first {@code Origin} of the request
   * @param grant what is made in advance for the origin; null if nothing is
   */
  Reason check(String origin, Grants.@Nullable Grant grant, CorsRequest request) {
    if (request.isRepeated("Origin")) {
      return Reason.ORIGIN_REPEATED;
    }
    if (any) {
      // Nothing of it is echoed, so it need not be an origin that we know the form of.
      boolean one = OriginSyntax.isOneValue(origin);
      return one ? Reason.ORIGIN_ALLOWED : Reason.ORIGIN_MALFORMED;
    }
    if (origin.length() > OriginSyntax.MAX_LENGTH) {
      return Reason.ORIGIN_MALFORMED;
    }
    if (grant != null || (!grants.areComplete() && listed.containsExact(origin))) {
      return Reason.ORIGIN_ALLOWED;
    }
    if (origin.equals("null")) {
      return reason(nullOrigin);
    }
    if (origin.equals("file://")) {
      return reason(fileOrigin);
    }
    if (!OriginSyntax.isSerialised(origin)) {
      return Reason.ORIGIN_MALFORMED;
    }
    return reason(listed.matchesPattern(origin) || sourceAllows(origin));
  }

  private static Reason reason(boolean allowed) {
    return allowed ? Reason.ORIGIN_ALLOWED : Reason.ORIGIN_NOT_ALLOWED;
  }

  private boolean sourceAllows(String origin) {
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i).allows(origin)) {
        return true;
      }
    }
    return false;
  }
}
