package dev.corsac.browser;

import dev.corsac.browser.url.Url;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Firefox: {@code dom/locales/en-US/chrome/security/security.properties}. */
final class FirefoxConsole {
  private static final String DID_NOT_SUCCEED =
      "CORS request did not succeed). Status code: (null).";

  private FirefoxConsole() {}

  static @Nullable String line(NetworkError error) {
    String status = ". Status code: " + error.status() + ".";
    String value = utf8(error.parameter());
    String reason =
        switch (error.cause()) {
          case ALLOW_ORIGIN_MISSING, PREFLIGHT_ALLOW_ORIGIN_MISSING ->
              "CORS header ‘Access-Control-Allow-Origin’ missing)" + status;
          case ALLOW_ORIGIN_MULTIPLE,
              ALLOW_ORIGIN_INVALID,
              ALLOW_ORIGIN_MISMATCH,
              PREFLIGHT_ALLOW_ORIGIN_MULTIPLE,
              PREFLIGHT_ALLOW_ORIGIN_INVALID,
              PREFLIGHT_ALLOW_ORIGIN_MISMATCH ->
              hasRepeatedLines(error.answer())
                  ? "Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed)."
                  : "CORS header ‘Access-Control-Allow-Origin’ does not match ‘" + value + "’).";
          case ALLOW_ORIGIN_WILDCARD, PREFLIGHT_ALLOW_ORIGIN_WILDCARD ->
              "Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is"
                  + " ‘*’).";
          case ALLOW_CREDENTIALS_NOT_TRUE, PREFLIGHT_ALLOW_CREDENTIALS_NOT_TRUE ->
              "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’).";
          case PREFLIGHT_REDIRECT -> "CORS request external redirect not allowed).";
          case PREFLIGHT_STATUS -> "CORS preflight response did not succeed)" + status;
          case PREFLIGHT_ALLOW_METHODS_INVALID ->
              "invalid token ‘" + value + "’ in CORS header ‘Access-Control-Allow-Methods’).";
          case PREFLIGHT_ALLOW_HEADERS_INVALID ->
              "invalid token ‘" + value + "’ in CORS header ‘Access-Control-Allow-Headers’).";
          case METHOD_NOT_ALLOWED ->
              "Did not find method in CORS header ‘Access-Control-Allow-Methods’).";
          case HEADER_NOT_ALLOWED ->
              "header ‘"
                  + value
                  + "’ is not allowed according to header ‘Access-Control-Allow-Headers’ from"
                  + " CORS preflight response).";
          case REDIRECT_CREDENTIALS -> DID_NOT_SUCCEED;
          case REDIRECT_SCHEME,
              REDIRECT_COUNT,
              REDIRECT_LOCATION,
              BAD_PORT,
              UNREACHABLE,
              CONNECTION_CLOSED,
              MALFORMED_RESPONSE,
              TIMEOUT ->
              ifCors(error);
          default -> null;
        };
    boolean quoted =
        error.cause() == Cause.ALLOW_ORIGIN_WILDCARD
            || error.cause() == Cause.PREFLIGHT_ALLOW_ORIGIN_WILDCARD;
    String at =
        error.cause() == Cause.BAD_PORT
            ? error.previousUrl().toString()
            : error.urlValue().toString();
    String url = quoted ? "‘" + at + "’" : at;
    return reason == null
        ? null
        : "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote"
            + " resource at "
            + url
            + ". (Reason: "
            + reason;
  }

  static String authorizationCoveredByStar(Url url) {
    return "Cross-Origin Request Warning: The Same Origin Policy will disallow reading the remote"
        + " resource at "
        + url.withoutFragment()
        + " soon. (Reason: When the `Access-Control-Allow-Headers` is `*`, the `Authorization`"
        + " header is not covered. To include the `Authorization` header, it must be explicitly"
        + " listed in CORS header `Access-Control-Allow-Headers`).";
  }

  /** Lines whose names differ in case are another header to Firefox. */
  private static boolean hasRepeatedLines(Headers answer) {
    List<String> names =
        answer.lines().stream()
            .map(Header::name)
            .filter(name -> name.equalsIgnoreCase("Access-Control-Allow-Origin"))
            .toList();
    return names.size() > names.stream().distinct().count();
  }

  private static @Nullable String ifCors(NetworkError error) {
    return error.isCrossOriginCors() ? DID_NOT_SUCCEED : null;
  }

  private static String utf8(String latin1) {
    return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
