package dev.corsac.contract;

import dev.corsac.contract.Case.Request;
import java.util.List;

/** What a server under test speaks; both without TLS. */
public enum Protocol {
  /** HTTP/1.1. Requests of one case are pipelined. */
  HTTP_1_1("HTTP/1.1", Http1Connection::exchange),
  /** HTTP/2 with prior knowledge (RFC 9113 3.3). Requests of one case are concurrent streams. */
  HTTP_2("HTTP/2", Http2Connection::exchange);

  /** Sends requests on one new connection. */
  private interface Client {
    List<Response> exchange(int port, List<Request> requests) throws Exception;
  }

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // a method
  private final Client client;

  Protocol(String title, Client client) {
    this.title = title;
    this.client = client;
  }

  /** The name, as on the wire of HTTP/1. */
  @Override
  public String toString() {
    return title;
  }

  /** Sends requests on one new connection; their responses in the same order. */
  List<Response> exchange(int port, List<Request> requests) throws Exception {
    return client.exchange(port, requests);
  }
}
