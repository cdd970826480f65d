package dev.corsac.config.access;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who may make the requests of a route; all that is named must agree. Immutable.
 *
 * @param ipAllow the addresses that may; empty for any
 * @param mtls whether a client certificate is needed
 * @param apiKeys the keys of which one is needed
 * @param jwt the token that is needed
 */
public record GuardsConfig(
    List<IpRange> ipAllow, boolean mtls, Optional<ApiKeys> apiKeys, Optional<Jwt> jwt) {
  /** Everybody may. */
  public static final GuardsConfig NONE =
      new GuardsConfig(List.of(), false, Optional.empty(), Optional.empty());

  /** Copies the list. */
  public GuardsConfig {
    ipAllow = List.copyOf(ipAllow);
  }

  /** The keys of what is named here, in the order in which they are asked. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    if (!ipAllow.isEmpty()) {
      names.add("ip_allow");
    }
    if (mtls) {
      names.add("mtls");
    }
    apiKeys.ifPresent(each -> names.add("api_keys"));
    jwt.ifPresent(each -> names.add("jwt"));
    return List.copyOf(names);
  }

  /**
   * Keys that clients send in a header.
   *
   * @param header its name
   */
  public record ApiKeys(String header, List<ApiKey> keys) {
    /** Copies the list. */
    public ApiKeys {
      keys = List.copyOf(keys);
    }
  }

  /**
   * A key, of which only the hash is known.
   *
   * @param id whose it is, as the upstream is told
   * @param sha256 64 hexadecimal digits in lower case
   */
  public record ApiKey(String id, String sha256) {}

  /**
   * What a token must be (RFC 7519, RFC 9068).
   *
   * @param issuer its {@code iss}, exactly
   * @param audience of which its {@code aud} must name at least one
   * @param jwks where the issuer's keys are (RFC 7517 section 5)
   * @param algorithms those it may be signed with, such as {@code RS256}
   * @param clockSkew how far the issuer's clock may be from ours; 30 s if the file says nothing
   */
  public record Jwt(
      String issuer, List<String> audience, URI jwks, List<String> algorithms, Duration clockSkew) {
    /** Copies the lists. */
    public Jwt {
      audience = List.copyOf(audience);
      algorithms = List.copyOf(algorithms);
    }
  }
}
