package dev.corsac.lab;

import dev.corsac.browser.Body;
import dev.corsac.browser.CredentialsMode;
import dev.corsac.browser.Header;
import dev.corsac.browser.PageRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One request of an experiment, as a page writes it.
 *
 * @param askers the pages that make it, at once
 * @param path path and query
 * @param headers the headers that the page sets
 * @param body null if there is none
 * @param mode {@code cors}, {@code no-cors} or {@code same-origin}; or {@code websocket}: the page
 *     opens a WebSocket
 */
record Step(
    List<Asker> askers,
    String method,
    String path,
    List<Header> headers,
    @Nullable StepBody body,
    CredentialsMode credentials,
    String mode) {

  /** What kind of value the page gives as a body. */
  enum BodyType {
    /** A string. */
    TEXT,
    /** {@code URLSearchParams}. */
    FORM,
    /** A {@code Blob} without a type. */
    BLOB;

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A body and the kind of value that it is. */
  record StepBody(BodyType type, String text) {
    Body toBody() {
      return switch (type) {
        case TEXT -> Body.text(text);
        case FORM -> Body.form(text);
        case BLOB -> Body.blob(text, "");
      };
    }
  }

  static final String WEB_SOCKET = "websocket";

  boolean isWebSocket() {
    return mode.equals(WEB_SOCKET);
  }

  /** The request as the model of the browser takes it. */
  PageRequest toPageRequest(String base) {
    if (isWebSocket()) {
      return PageRequest.fetch(webSocketUrl(base + path));
    }
    PageRequest request =
        PageRequest.fetch(base + path).method(method).mode(mode).credentials(credentials);
    for (Header header : headers) {
      request = request.header(header.name(), header.value());
    }
    return body == null ? request : request.body(body.toBody());
  }

  static String webSocketUrl(String url) {
    return url.replaceFirst("^http", "ws");
  }

  /** {@code include}, as JavaScript writes it. */
  String credentialsId() {
    return credentials.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
