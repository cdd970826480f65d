package dev.corsac.gateway.guard;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.corsac.config.access.GuardsConfig;
import io.vertx.core.http.HttpServerRequest;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Wants a token of an issuer in {@code Authorization} (RFC 6750 section 2.1): signed with an
 * algorithm of ours, not the token's, by a key that the issuer publishes; for us; and not over.
 *
 * <p>What a token's own head says of keys ({@code jwk}, {@code jku}, {@code x5u}, {@code x5c}) is
 * not read; {@code kid} only chooses among the published keys.
 */
final class TokenGuard {
  private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

  /** Published keys that are tried for a token which names none. */
  private static final int MOST_TRIES = 8;

  private static final String GUARD = "jwt";
  private static final int LONGEST = 16 * 1024;

  /** RFC 7515 section 7.1; the parser also takes padding and other alphabets. */
  private static final Pattern COMPACT = Pattern.compile("[\\w-]++\\.[\\w-]++\\.[\\w-]++");

  private final GuardsConfig.Jwt config;
  private final IssuerKeys keys;
  private final Set<JWSAlgorithm> algorithms = new HashSet<>();
  private final DefaultJWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();

  TokenGuard(GuardsConfig.Jwt config, IssuerKeys keys) {
    this.config = config;
    this.keys = keys;
    config.algorithms().forEach(name -> algorithms.add(JWSAlgorithm.parse(name)));
  }

  Verdict check(HttpServerRequest request, Identity identity) {
    String field = Guards.only(request, "Authorization");
    if (field == null || !Guards.hasScheme(field, "Bearer")) {
      return new Verdict.Refused(
          GUARD, 401, "a token is needed, as Authorization: Bearer <token>.", "Bearer");
    }
    String text = field.substring("Bearer ".length()).strip();
    SignedJWT token;
    try {
      if (text.length() > LONGEST) {
        return invalid("the token is longer than " + LONGEST + " characters.");
      }
      if (!COMPACT.matcher(text).matches()) {
        return invalid("the token is no signed JWT.");
      }
      token = SignedJWT.parse(text);
    } catch (ParseException | RuntimeException e) {
      return invalid("the token is no signed JWT.");
    }
    JWSHeader head = token.getHeader();
    if (!algorithms.contains(head.getAlgorithm())) {
      return invalid("the token is signed with an algorithm that is not allowed here.");
    }
    JOSEObjectType type = head.getType();
    boolean known = type == null || TYPES.contains(type.getType().toLowerCase(Locale.ROOT));
    if (!known || head.getCriticalParams() != null) {
      return invalid("the token is of a kind that is not known here.");
    }
    JWKSet published = keys.current();
    if (published == null || candidates(published, head).isEmpty()) {
      return keys.mayAsk()
          ? new Verdict.Pending(keys.ask().thenApply(now -> check(token, keys.current(), identity)))
          : check(token, published, identity);
    }
    return check(token, published, identity);
  }

  private static List<JWK> candidates(JWKSet published, JWSHeader head) {
    JWKMatcher matcher = JWKMatcher.forJWSHeader(head);
    return matcher == null ? List.of() : new JWKSelector(matcher).select(published);
  }

  private Verdict check(SignedJWT token, @Nullable JWKSet published, Identity identity) {
    if (published == null) {
      return new Verdict.Refused(
          GUARD, 503, "the keys of the tokens' issuer cannot be had now.", null);
    }
    List<JWK> candidates = candidates(published, token.getHeader());
    boolean signed = candidates.stream().limit(MOST_TRIES).anyMatch(key -> isSignedBy(token, key));
    if (!signed) {
      return invalid("the token is not signed by a key of its issuer.");
    }
    try {
      return checkClaims(token.getJWTClaimsSet(), identity);
    } catch (ParseException | RuntimeException e) {
      return invalid("the token's claims cannot be read.");
    }
  }

  private boolean isSignedBy(SignedJWT token, JWK key) {
    try {
      JWSVerifier verifier =
          verifiers.createJWSVerifier(token.getHeader(), ((AsymmetricJWK) key).toPublicKey());
      return token.verify(verifier);
    } catch (JOSEException | RuntimeException e) {
      return false;
    }
  }

  private Verdict checkClaims(JWTClaimsSet claims, Identity identity) {
    Instant now = Instant.now();
    Date expires = claims.getExpirationTime();
    Date begins = claims.getNotBeforeTime();
    if (expires == null || !now.isBefore(expires.toInstant().plus(config.clockSkew()))) {
      return invalid("the token has expired, or says not when it does.");
    }
    if (begins != null && now.isBefore(begins.toInstant().minus(config.clockSkew()))) {
      return invalid("the token counts only later.");
    }
    if (!config.issuer().equals(claims.getIssuer())) {
      return invalid("the token is of another issuer.");
    }
    if (claims.getAudience().stream().noneMatch(config.audience()::contains)) {
      return invalid("the token is for another audience.");
    }
    Identity found = identity.with("Corsac-Token-Issuer", Identity.encoded(config.issuer()));
    String subject = claims.getSubject();
    if (subject != null) {
      found = found.with("Corsac-Token-Subject", Identity.encoded(subject));
    }
    Object scope = claims.getClaim("scope");
    if (scope instanceof String text) {
      found = found.with("Corsac-Token-Scope", Identity.encoded(text));
    }
    return new Verdict.Admitted(found);
  }

  private static Verdict invalid(String message) {
    return new Verdict.Refused(GUARD, 401, message, "Bearer error=\"invalid_token\"");
  }
}
