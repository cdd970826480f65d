package dev.corsac.gateway.guard;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A new API key of 256 random bits, and the hash by which the gateway knows it. A hash alone is
 * safe to keep, since a key of that many bits cannot be found by trying.
 *
 * @param key what the client sends, such as {@code corsac_…}
 * @param sha256 what is configured, in hexadecimal digits
 */
public record NewApiKey(String key, String sha256) {
  /** By which scanners for leaked secrets find it. */
  private static final String PREFIX = "corsac_";

  private static final int BYTES = 32;

  /** Makes one. */
  public static NewApiKey create() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    return new NewApiKey(key, HexFormat.of().formatHex(ApiKeyGuard.sha256(key)));
  }

  /** Without the key, so that no log has it. */
  @Override
  public String toString() {
    return "NewApiKey[sha256=" + sha256 + "]";
  }
}
