package dev.corsac.doctor.har;

import dev.corsac.browser.Header;
import dev.corsac.browser.Headers;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An exchange as a HAR has it, without bodies.
 *
 * @param index its place among the entries, from 0
 * @param page the page it belongs to, empty if unknown
 * @param method the method
 * @param url the URL
 * @param request the request's headers, as far as they were recorded
 * @param hasCookies whether cookies are listed apart from the headers
 * @param contentType the type of the body that was sent, empty if none was
 * @param status the status, 0 if there was no response or the browser tells nothing of it
 * @param response the response's headers, none if the browser tells nothing of them
 * @param error the browser's word for what failed, empty if nothing did
 * @param type Chromium's resource type, empty if unknown
 * @param cache the cache that gave the response, as Chromium calls it: {@code disk}; empty if none
 * @param initiator the script that made the request, as Chromium says; empty if unknown
 * @param ofServiceWorker whether a service worker of the page answered, as Chromium says
 */
record HarEntry(
    int index,
    String page,
    String method,
    String url,
    Headers request,
    boolean hasCookies,
    String contentType,
    int status,
    Headers response,
    String error,
    String type,
    String cache,
    String initiator,
    boolean ofServiceWorker) {

  private static final Pattern ABORTED =
      Pattern.compile(
          "(?i)net::ERR_ABORTED|NS_BINDING_ABORTED|(Load request )?\\(?cancell?ed\\)?|aborted");

  /** Whether it is a CORS-preflight request. */
  boolean isPreflight() {
    return method.equals("OPTIONS")
        && (type.equals("preflight") || request.contains("Access-Control-Request-Method"));
  }

  boolean isHttp() {
    String lower = url.toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("https://");
  }

  /** The URL as a server sees it. */
  String target() {
    int fragment = url.indexOf('#');
    return fragment < 0 ? url : url.substring(0, fragment);
  }

  /** The value of a request header, or null. */
  @Nullable String sent(String name) {
    return request.get(name);
  }

  /** The values of a response's header, joined; or null. */
  @Nullable String answered(String name) {
    return response.get(name);
  }

  /** Whether JavaScript, or an element that asks as it would, may have made this request. */
  boolean mayBeCors() {
    String mode = sent("Sec-Fetch-Mode");
    if (mode != null) {
      return mode.equals("cors");
    }
    return switch (type) {
      case "document", "websocket", "ping", "preflight" -> false;
      case "fetch", "xhr", "eventsource", "font" -> true;
      default -> request.contains("Origin") && status != 101;
    };
  }

  /** Whether the recording itself says that it failed. */
  boolean failed() {
    return status == 0 || !error.isEmpty();
  }

  /** Whether it failed without a response, and Chromium gives no reason. */
  boolean isUnexplained() {
    return status == 0 && error.equals("net::ERR_FAILED");
  }

  /** Whether the page, the user or the browser gave it up before there was a response. */
  boolean isAborted() {
    return status == 0 && ABORTED.matcher(error).matches();
  }

  /** Whether a request header was set by the page rather than by the browser. */
  static boolean isOfPage(Header header) {
    String name = header.name().toLowerCase(Locale.ROOT);
    return !header.isForbiddenRequestHeader()
        && !name.startsWith(":")
        && !name.startsWith("access-control-request-")
        && !name.startsWith("if-")
        && switch (name) {
          // Pages may set them, but nearly always it was the browser.
          case "accept-language",
              "cache-control",
              "pragma",
              "priority",
              "range",
              "upgrade-insecure-requests",
              "user-agent" ->
              false;
          default -> true;
        };
  }
}
