package dev.corsac.lab.api;

import dev.corsac.browser.Headers;

/**
 * What an application responds.
 *
 * @param status the status
 * @param headers the header lines
 * @param body the body; empty if there is none
 */
public record ApiResponse(int status, Headers headers, String body) {

  /** The same with other headers. */
  public ApiResponse withHeaders(Headers newHeaders) {
    return new ApiResponse(status, newHeaders, body);
  }
}
