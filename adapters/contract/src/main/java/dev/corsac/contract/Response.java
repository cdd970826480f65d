package dev.corsac.contract;

import java.util.List;

/**
 * A response as received.
 *
 * @param status the status code; 0 if the server closed the connection or stream instead
 */
record Response(int status, List<Reply.Header> headers, String body) {
  static final Response CLOSED = new Response(0, List.of(), "");

  /** The lines with a name, in any case. */
  List<String> lines(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Reply.Header::value)
        .toList();
  }
}
