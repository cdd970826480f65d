package dev.corsac.gateway.guard;

import dev.corsac.config.access.GuardsConfig;
import dev.corsac.config.access.IpRange;
import dev.corsac.gateway.http.RequestHead;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The guards of a route: addresses, then certificates, then keys, then tokens. All must agree.
 * Immutable and thread-safe.
 */
public final class Guards {
  /** Fields that only guards write; what clients send of them is dropped on every route. */
  private static final Set<String> OWN_FIELDS = Set.of("client-cert", "client-cert-chain");

  private static final String OWN_PREFIX = "corsac-";

  /** How fields that only guards write are called, or begin. */
  public static final Set<String> OWN_NAMES =
      Stream.concat(OWN_FIELDS.stream(), Stream.of(OWN_PREFIX))
          .collect(Collectors.toUnmodifiableSet());

  private static final Verdict ANYBODY = new Verdict.Admitted(Identity.NOBODY);

  private final List<IpRange> ipAllow;
  private final boolean mtls;
  private final @Nullable ApiKeyGuard apiKeys;
  private final @Nullable TokenGuard tokens;

  private Guards(
      List<IpRange> ipAllow,
      boolean mtls,
      @Nullable ApiKeyGuard apiKeys,
      @Nullable TokenGuard tokens) {
    this.ipAllow = ipAllow;
    this.mtls = mtls;
    this.apiKeys = apiKeys;
    this.tokens = tokens;
  }

  /** Lets everybody pass. */
  public static Guards none() {
    return new Guards(List.of(), false, null, null);
  }

  /**
   * The guards of a configuration.
   *
   * @param keys those of the issuer, if the configuration wants tokens
   */
  public static Guards of(GuardsConfig config, @Nullable IssuerKeys keys) {
    GuardsConfig.Jwt jwt = config.jwt().orElse(null);
    if (jwt != null && keys == null) {
      throw new IllegalArgumentException("tokens without keys");
    }
    return new Guards(
        config.ipAllow(),
        config.mtls(),
        config.apiKeys().map(ApiKeyGuard::new).orElse(null),
        jwt == null || keys == null ? null : new TokenGuard(jwt, keys));
  }

  /** Whether there is one at all. */
  public boolean any() {
    return mtls || !ipAllow.isEmpty() || apiKeys != null || tokens != null;
  }

  /** Whether a field, in lower case and with dashes, is one that only guards write. */
  public static boolean isOwnField(String name) {
    return name.startsWith(OWN_PREFIX) || OWN_FIELDS.contains(name);
  }

  /** Whether a request may pass. */
  public Verdict check(RequestHead head) {
    if (!ipAllow.isEmpty() && !isAllowed(head.client().address())) {
      return Verdict.Refused.forbidden("ip_allow", "this address is not allowed here.");
    }
    HttpServerRequest request = head.request();
    Identity identity = Identity.NOBODY;
    if (mtls) {
      identity = ClientCertificate.identify(request, identity);
      if (identity == null) {
        return Verdict.Refused.forbidden(
            "mtls", "a client certificate is needed that an authority of client_ca has issued.");
      }
    }
    if (apiKeys != null) {
      Verdict verdict = apiKeys.check(request, identity);
      if (!(verdict instanceof Verdict.Admitted admitted)) {
        return verdict;
      }
      identity = admitted.identity();
    }
    if (tokens != null) {
      return tokens.check(request, identity);
    }
    return identity.equals(Identity.NOBODY) ? ANYBODY : new Verdict.Admitted(identity);
  }

  private boolean isAllowed(InetAddress address) {
    for (IpRange range : ipAllow) {
      if (range.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /** The value of a field that stands once; null if it is missing or stands more often. */
  static @Nullable String only(HttpServerRequest request, String name) {
    List<String> lines = request.headers().getAll(name);
    return lines.size() == 1 ? lines.get(0) : null;
  }

  /** Whether text begins with a word and a blank, in any case. */
  static boolean hasScheme(String text, String scheme) {
    return text.length() > scheme.length()
        && text.charAt(scheme.length()) == ' '
        && text.substring(0, scheme.length())
            .toLowerCase(Locale.ROOT)
            .equals(scheme.toLowerCase(Locale.ROOT));
  }
}
