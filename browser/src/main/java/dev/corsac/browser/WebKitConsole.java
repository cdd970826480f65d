package dev.corsac.browser;

import dev.corsac.browser.url.Ascii;
import dev.corsac.browser.url.Url;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** WebKit: {@code Source/WebCore/loader/CrossOriginAccessControl.cpp} and its callers. */
final class WebKitConsole {
  /** {@code Source/WebCore/platform/network/HTTPHeaderNames.in}, by lower-case name. */
  private static final Map<String, String> COMMON_HEADERS =
      Arrays.stream(
              ("Accept Accept-Charset Accept-Encoding Accept-Language Accept-Ranges "
                      + "Access-Control-Allow-Credentials Access-Control-Allow-Headers "
                      + "Access-Control-Allow-Methods Access-Control-Allow-Origin "
                      + "Access-Control-Expose-Headers Access-Control-Max-Age "
                      + "Access-Control-Request-Headers Access-Control-Request-Method Age Authorization "
                      + "Cache-Control Connection Content-Disposition Content-Encoding Content-Language "
                      + "Content-Length Content-Location Content-Range Content-Security-Policy "
                      + "Content-Security-Policy-Report-Only Content-Type Cookie Cookie2 "
                      + "Cross-Origin-Embedder-Policy Cross-Origin-Opener-Policy "
                      + "Cross-Origin-Resource-Policy Date DNT ETag Expect Expires Host If-Match "
                      + "If-Modified-Since If-None-Match If-Range If-Unmodified-Since Keep-Alive "
                      + "Last-Event-ID Last-Modified Link Location Origin Ping-From Ping-To Pragma "
                      + "Purpose Proxy-Authorization Range Referer Referrer-Policy Refresh Report-To "
                      + "Server Server-Timing Service-Worker Service-Worker-Allowed "
                      + "Service-Worker-Navigation-Preload Set-Cookie Set-Cookie2 SourceMap "
                      + "Strict-Transport-Security TE Timing-Allow-Origin Trailer Transfer-Encoding "
                      + "Upgrade Upgrade-Insecure-Requests User-Agent Vary Via X-Content-Type-Options "
                      + "X-DNS-Prefetch-Control X-Frame-Options X-SourceMap X-Temp-Tablet "
                      + "X-XSS-Protection")
                  .split(" "))
          .collect(Collectors.toUnmodifiableMap(Ascii::lower, name -> name));

  private WebKitConsole() {}

  static @Nullable String line(NetworkError error) {
    String value = error.parameter();
    String line =
        switch (error.cause()) {
          case ALLOW_ORIGIN_MISSING,
              ALLOW_ORIGIN_INVALID,
              ALLOW_ORIGIN_MISMATCH,
              ALLOW_ORIGIN_MULTIPLE,
              PREFLIGHT_ALLOW_ORIGIN_MISSING,
              PREFLIGHT_ALLOW_ORIGIN_INVALID,
              PREFLIGHT_ALLOW_ORIGIN_MISMATCH,
              PREFLIGHT_ALLOW_ORIGIN_MULTIPLE ->
              value.indexOf(',') >= 0
                  ? "Access-Control-Allow-Origin cannot contain more than one origin."
                  : "Origin "
                      + error.origin()
                      + " is not allowed by Access-Control-Allow-Origin. Status code: "
                      + error.status();
          case ALLOW_ORIGIN_WILDCARD, PREFLIGHT_ALLOW_ORIGIN_WILDCARD ->
              "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is"
                  + " true.";
          case ALLOW_CREDENTIALS_NOT_TRUE, PREFLIGHT_ALLOW_CREDENTIALS_NOT_TRUE ->
              "Credentials flag is true, but Access-Control-Allow-Credentials is not \"true\".";
          case PREFLIGHT_REDIRECT, PREFLIGHT_STATUS ->
              "Preflight response is not successful. Status code: " + error.status();
          case PREFLIGHT_ALLOW_METHODS_INVALID ->
              "Header Access-Control-Allow-Methods has an invalid value: "
                  + headerValue(error, "Access-Control-Allow-Methods");
          case PREFLIGHT_ALLOW_HEADERS_INVALID ->
              "Header Access-Control-Allow-Headers has an invalid value: "
                  + headerValue(error, "Access-Control-Allow-Headers");
          case METHOD_NOT_ALLOWED ->
              "Method " + value + " is not allowed by Access-Control-Allow-Methods.";
          case HEADER_NOT_ALLOWED ->
              "Request header field "
                  + refusedHeader(error)
                  + " is not allowed by Access-Control-Allow-Headers.";
          case SAME_ORIGIN_MODE ->
              error.isOfWorker() ? null : "Fetch API cannot load " + error.url() + ".";
          case NO_CORS_REDIRECT_MODE -> "No-Cors mode requires follow redirect mode";
          case REDIRECT_CREDENTIALS -> "redirection URL " + location(error) + " has credentials";
          case REDIRECT_SCHEME -> redirectScheme(error);
          case REDIRECT_LOCATION ->
              error.isCrossOriginCors() && !headerValue(error, "Location").isEmpty()
                  ? notCorsScheme(location(error))
                  : null;
          case REDIRECT_LEFT_ORIGIN ->
              "Unsafe attempt to load URL "
                  + error.url()
                  + " from origin "
                  + error.pageOrigin()
                  + ". Domains, protocols and ports must match.";
          case RESOURCE_POLICY ->
              "Cancelled load to "
                  + error.url()
                  + " because it violates the resource's Cross-Origin-Resource-Policy response"
                  + " header.";
          case BAD_PORT ->
              error.isPreflightDue()
                  ? "CORS-preflight request was blocked"
                  : "Not allowed to use restricted network port "
                      + error.urlValue().portOrDefault()
                      + ": "
                      + error.url();
          case REDIRECT_MODE_ERROR ->
              "Not allowed to follow a redirection while loading " + error.url();
          case REDIRECT_COUNT -> "Load cannot follow more than 20 redirections";
          default -> null;
        };
    return line != null && isOfRedirect(error)
        ? "Cross-origin redirection to "
            + withoutCredentials(location(error))
            + " denied by Cross-Origin Resource Sharing policy: "
            + line
        : line;
  }

  /** Headers WebKit knows come first, in their usual case; both kinds in the page's order. */
  private static String refusedHeader(NetworkError error) {
    String uncommon = null;
    for (Header header : error.requestHeaders()) {
      if (HttpGrammar.containsIgnoringCase(error.refusedHeaders(), header.name())) {
        String common = COMMON_HEADERS.get(Ascii.lower(header.name()));
        if (common != null) {
          return common;
        }
        uncommon = uncommon == null ? header.name() : uncommon;
      }
    }
    return uncommon == null ? error.parameter() : uncommon;
  }

  private static String headerValue(NetworkError error, String name) {
    return Objects.requireNonNullElse(
        ResponseHeaders.read(error.answer(), Engine.WEBKIT).get(name), "");
  }

  /** Whether the response that was refused was a redirect. */
  private static boolean isOfRedirect(NetworkError error) {
    return switch (error.cause()) {
      case ALLOW_ORIGIN_MISSING,
          ALLOW_ORIGIN_INVALID,
          ALLOW_ORIGIN_MISMATCH,
          ALLOW_ORIGIN_MULTIPLE,
          ALLOW_ORIGIN_WILDCARD,
          ALLOW_CREDENTIALS_NOT_TRUE,
          REDIRECT_CREDENTIALS,
          RESOURCE_POLICY ->
          HttpGrammar.isRedirect(error.status()) && error.answer().contains("Location");
      default -> false;
    };
  }

  private static String redirectScheme(NetworkError error) {
    String location = location(error);
    if (location.startsWith("ftp:")) {
      return "FTP URLs are disabled";
    }
    if (error.isCorsMode() && !hasPageOrigin(location, error)) {
      return notCorsScheme(location);
    }
    return location.startsWith("file:")
        ? "Not allowed to load local resource: " + location
        : "Redirection to URL with a scheme that is not HTTP(S).";
  }

  private static String notCorsScheme(String location) {
    return "Cross-origin redirection to "
        + location
        + " denied by Cross-Origin Resource Sharing policy: not allowed to follow a cross-origin"
        + " CORS redirection with non CORS scheme";
  }

  /** A blob: URL has the origin of the page that made it. */
  private static boolean hasPageOrigin(String location, NetworkError error) {
    Url url = Url.parse(location.startsWith("blob:") ? location.substring(5) : location);
    return !error.isCrossOriginCors()
        && url != null
        && url.origin().toString().equals(error.pageOrigin());
  }

  private static String location(NetworkError error) {
    String text = headerValue(error, "Location");
    Url location = Url.parse(text, error.urlValue());
    return location == null ? text : location.toString();
  }

  private static String withoutCredentials(String text) {
    Url url = Url.parse(text);
    return url == null || !url.includesCredentials() ? text : url.seenByServer();
  }
}
