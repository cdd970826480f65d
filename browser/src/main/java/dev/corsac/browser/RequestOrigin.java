package dev.corsac.browser;

import org.jspecify.annotations.Nullable;

/** https://fetch.spec.whatwg.org/#append-a-request-origin-header. */
final class RequestOrigin {
  private RequestOrigin() {}

  /** The value of the {@code Origin} header, or null for none. */
  static @Nullable String header(Request request, Engine engine) {
    String serialized = request.serializedOrigin();
    if (request.tainting == Request.Tainting.CORS) {
      return serialized;
    }
    boolean element =
        switch (request.api) {
          case FETCH, XHR, EVENTSOURCE -> false;
          case IMG, SCRIPT, MODULE, STYLE, FONT -> true;
        };
    if (element
        && request.mode == Request.Mode.CORS
        && engine.departs(Departure.ELEMENT_SENDS_ORIGIN_TO_SELF)) {
      return serialized;
    }
    if (request.becameGet && engine.departs(Departure.REDIRECT_GET_KEEPS_ORIGIN)) {
      return serialized;
    }
    if (request.method.equals("GET") || request.method.equals("HEAD")) {
      return null;
    }
    if (request.mode == Request.Mode.CORS) {
      return serialized;
    }
    if (request.mode == Request.Mode.NO_CORS
        && request.crossedOrigins()
        && engine.departs(Departure.NO_CORS_REDIRECT_NULLS_ORIGIN)) {
      return "null";
    }
    if (engine.departs(Departure.ORIGIN_IGNORES_REFERRER_POLICY)) {
      return serialized;
    }
    return switch (request.referrerPolicy) {
      case "no-referrer" -> "null";
      case "no-referrer-when-downgrade", "strict-origin", "strict-origin-when-cross-origin" ->
          "https".equals(request.origin.scheme()) && !request.currentUrl().scheme().equals("https")
              ? "null"
              : serialized;
      case "same-origin" ->
          request.origin.isSameOrigin(request.currentUrl().origin()) ? serialized : "null";
      default -> serialized;
    };
  }
}
