package dev.corsac.gateway.guard;

import dev.corsac.config.access.GuardsConfig;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Wants one of some keys in a header. Only their hashes are known here; every hash is compared to
 * its end, whichever fits, so that time tells nothing.
 */
final class ApiKeyGuard {
  /** Longer than any key that is made here. */
  private static final int LONGEST = 1024;

  private final String header;
  private final String challenge;
  private final List<Known> keys = new ArrayList<>();

  private static final class Known {
    private final String id;
    private final byte[] sha256;

    private Known(String id, byte[] sha256) {
      this.id = id;
      this.sha256 = sha256;
    }
  }

  ApiKeyGuard(GuardsConfig.ApiKeys config) {
    this.header = config.header();
    this.challenge = "ApiKey header=\"" + header + "\"";
    for (GuardsConfig.ApiKey key : config.keys()) {
      keys.add(new Known(key.id(), HexFormat.of().parseHex(key.sha256())));
    }
  }

  Verdict check(HttpServerRequest request, Identity identity) {
    String key = Guards.only(request, header);
    if (key == null || key.isEmpty()) {
      return refused("one API key is needed, in the header " + header + ".");
    }
    String id = key.length() > LONGEST ? null : idOf(sha256(key));
    if (id == null) {
      return refused("the API key is not known.");
    }
    return new Verdict.Admitted(identity.with("Corsac-Key-Id", id).without(header));
  }

  private @Nullable String idOf(byte[] hash) {
    String found = null;
    for (Known known : keys) {
      if (MessageDigest.isEqual(known.sha256, hash)) {
        found = known.id;
      }
    }
    return found;
  }

  static byte[] sha256(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Verdict refused(String message) {
    return new Verdict.Refused("api_keys", 401, message, challenge);
  }
}
