package dev.corsac.gateway.admin;

import dev.corsac.config.HostPort;
import dev.corsac.gateway.http.Authority;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says who may look at the admin address.
 *
 * <p>Whoever has the token, where there is one. Without one the address is of the loopback network,
 * and what has to be kept out are the pages that a browser on this machine shows: those that reach
 * it by a name of theirs (DNS rebinding) by {@code Host}, and those that ask across origins by
 * {@code Sec-Fetch-Site} and {@code Origin}. Immutable.
 */
final class Doorkeeper {
  private static final String SCHEME = "bearer ";

  private final String ownHost;
  private final byte @Nullable [] token;

  /** Why a request is refused. */
  record Refusal(int status, String problem) {}

  Doorkeeper(HostPort address, Optional<String> token) {
    this.ownHost = address.host().toLowerCase(Locale.ROOT);
    this.token = token.map(Doorkeeper::hash).orElse(null);
  }

  boolean asksForToken() {
    return token != null;
  }

  /** Why a page of another origin may not have this; null if it is none. */
  @Nullable Refusal checkOrigin(HttpServerRequest request) {
    MultiMap headers = request.headers();
    String site = headers.get("Sec-Fetch-Site");
    boolean elsewhere = site != null && (site.equals("cross-site") || site.equals("same-site"));
    boolean followed =
        "navigate".equals(headers.get("Sec-Fetch-Mode"))
            && "document".equals(headers.get("Sec-Fetch-Dest"));
    String origin = headers.get(HttpHeaders.ORIGIN);
    boolean foreign = origin != null && !origin.equals("http://" + headers.get(HttpHeaders.HOST));
    return (elsewhere && !followed) || foreign
        ? new Refusal(403, "no page of another origin may ask this")
        : null;
  }

  /** Why this may not be looked at; null if it may. */
  @Nullable Refusal check(HttpServerRequest request) {
    Refusal foreign = checkOrigin(request);
    if (foreign != null) {
      return foreign;
    }
    if (token == null) {
      return isOwnHost(request)
          ? null
          : new Refusal(421, "this address is asked by an IP address or localhost");
    }
    return hasToken(request) ? null : new Refusal(401, "Authorization: Bearer <admin_token>");
  }

  private boolean hasToken(HttpServerRequest request) {
    List<String> lines = request.headers().getAll(HttpHeaders.AUTHORIZATION);
    if (token == null || lines.size() != 1) {
      return false;
    }
    String line = lines.get(0);
    return line.length() > SCHEME.length()
        && line.substring(0, SCHEME.length()).toLowerCase(Locale.ROOT).equals(SCHEME)
        && MessageDigest.isEqual(hash(line.substring(SCHEME.length()).strip()), token);
  }

  private boolean isOwnHost(HttpServerRequest request) {
    List<String> lines = request.headers().getAll(HttpHeaders.HOST);
    Authority asked = lines.size() == 1 ? Authority.parse(lines.get(0)) : null;
    // An absolute target has a host of its own, which RFC 9112 section 3.2.2 puts above the line's.
    if (asked == null || !request.uri().startsWith("/")) {
      return false;
    }
    String host = asked.host().toLowerCase(Locale.ROOT);
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return bare.equals("localhost")
        || bare.equals(ownHost)
        || bare.equals("::1")
        || bare.matches("127(\\.[0-9]{1,3}){3}");
  }

  /** Of equal length for any text, so that a comparison tells nothing of it. */
  private static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
