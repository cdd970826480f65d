package dev.corsac.browser;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Chromium: {@code services/network/public/cpp/cors} and {@code third_party/blink/renderer}. */
final class ChromiumConsole {
  private ChromiumConsole() {}

  static @Nullable String line(NetworkError error) {
    if (!error.cause().isCors()) {
      return null;
    }
    if (error.cause() == Cause.SAME_ORIGIN_MODE) {
      return "Fetch API cannot load "
          + error.urlValue()
          + ". Request mode is \"same-origin\" but the URL's origin is not same as the request"
          + " origin "
          + error.pageOrigin()
          + ".";
    }
    if (error.cause() == Cause.NO_CORS_REDIRECT_MODE) {
      return "Fetch API cannot load "
          + error.urlValue()
          + ". Request mode is \"no-cors\" but the redirect mode is not \"follow\".";
    }
    if (error.cause() == Cause.SCHEME_NOT_SUPPORTED
        && error.api() == PageRequest.Api.FETCH
        && error.urlValue() == error.firstUrl()) {
      return "Fetch API cannot load "
          + error.urlValue()
          + ". URL scheme \""
          + error.urlValue().scheme()
          + "\" is not supported.";
    }
    String redirected =
        error.urlValue() == error.firstUrl() ? "" : " (redirected from '" + error.firstUrl() + "')";
    return "Access to "
        + initiator(error.api())
        + " at '"
        + error.urlValue()
        + "'"
        + redirected
        + " from origin '"
        + error.pageOrigin()
        + "' has been blocked by CORS policy: "
        + reason(error);
  }

  private static String initiator(PageRequest.Api api) {
    return switch (api) {
      case FETCH -> "fetch";
      case XHR -> "XMLHttpRequest";
      case IMG -> "image";
      case SCRIPT, MODULE -> "script";
      case STYLE -> "CSS stylesheet";
      case FONT -> "font";
      case EVENTSOURCE -> "resource";
    };
  }

  private static String reason(NetworkError error) {
    String value = escaped(error.parameter());
    String preflight = "Response to preflight request doesn't pass access control check: ";
    return switch (error.cause()) {
      case ALLOW_ORIGIN_MISSING ->
          "No 'Access-Control-Allow-Origin' header is present on the requested resource.";
      case ALLOW_ORIGIN_MULTIPLE ->
          "The 'Access-Control-Allow-Origin' header contains multiple values '"
              + value
              + "', but only one is allowed."
              + validValue(error);
      case ALLOW_ORIGIN_INVALID ->
          "The 'Access-Control-Allow-Origin' header contains the invalid value '"
              + value
              + "'."
              + validValue(error);
      case ALLOW_ORIGIN_MISMATCH ->
          "The 'Access-Control-Allow-Origin' header has a value '"
              + value
              + "' that is not equal to the supplied origin."
              + validValue(error);
      case ALLOW_ORIGIN_WILDCARD ->
          "The value of the 'Access-Control-Allow-Origin' header in the response must not be the"
              + " wildcard '*' when the request's credentials mode is 'include'."
              + xhrNote(error);
      case ALLOW_CREDENTIALS_NOT_TRUE ->
          "The value of the 'Access-Control-Allow-Credentials' header in the response is '"
              + value
              + "' which must be 'true' when the request's credentials mode is 'include'."
              + xhrNote(error);
      case PREFLIGHT_ALLOW_ORIGIN_MISSING,
          PREFLIGHT_ALLOW_ORIGIN_MULTIPLE,
          PREFLIGHT_ALLOW_ORIGIN_INVALID,
          PREFLIGHT_ALLOW_ORIGIN_MISMATCH,
          PREFLIGHT_ALLOW_ORIGIN_WILDCARD,
          PREFLIGHT_ALLOW_CREDENTIALS_NOT_TRUE ->
          preflight + reason(error.ofActualResponse());
      case PREFLIGHT_REDIRECT -> preflight + "Redirect is not allowed for a preflight request.";
      case PREFLIGHT_STATUS -> preflight + "It does not have HTTP ok status.";
      case PREFLIGHT_ALLOW_METHODS_INVALID ->
          "Cannot parse Access-Control-Allow-Methods response header field in preflight response.";
      case PREFLIGHT_ALLOW_HEADERS_INVALID ->
          "Cannot parse Access-Control-Allow-Headers response header field in preflight response.";
      case METHOD_NOT_ALLOWED ->
          "Method "
              + value
              + " is not allowed by Access-Control-Allow-Methods in preflight response.";
      case HEADER_NOT_ALLOWED ->
          "Request header field "
              + value
              + " is not allowed by Access-Control-Allow-Headers in preflight response.";
      case REDIRECT_CREDENTIALS ->
          "Redirect location '' contains a username and password, which is disallowed for"
              + " cross-origin requests.";
      case SCHEME_NOT_SUPPORTED ->
          "Cross origin requests are only supported for protocol schemes: chrome,"
              + " chrome-experimental-site-token-provider, chrome-extension, chrome-untrusted, data, http, https, isolated-app.";
      default -> "";
    };
  }

  /** Control and non-ASCII characters as code units in hexadecimal. */
  private static String escaped(String value) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x20 || c > 0x7e) {
        out.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static String validValue(NetworkError error) {
    return error.api() == PageRequest.Api.FETCH
        ? " Have the server send the header with a valid value."
        : "";
  }

  private static String xhrNote(NetworkError error) {
    return error.api() == PageRequest.Api.XHR
        ? " The credentials mode of requests initiated by the XMLHttpRequest is controlled by the"
            + " withCredentials attribute."
        : "";
  }
}
