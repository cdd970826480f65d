package dev.corsac.doctor;

import dev.corsac.browser.Transport;
import dev.corsac.browser.WireRequest;
import dev.corsac.browser.WireResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A transport that remembers the responses, so that another engine can be asked about the same
 * exchanges and nothing is sent twice. Not thread-safe.
 */
final class RecordingTransport implements Transport {
  private final Transport transport;
  private final Map<String, Object> answers = new HashMap<>();

  RecordingTransport(Transport transport) {
    this.transport = transport;
  }

  @Override
  public WireResponse send(WireRequest request) throws IOException {
    try {
      WireResponse response = transport.send(request);
      answers.put(key(request), response);
      return response;
    } catch (IOException e) {
      answers.put(key(request), e);
      throw e;
    }
  }

  /** Answers from memory only. */
  Transport replay() {
    return request -> {
      Object answer = answers.get(key(request));
      if (answer instanceof WireResponse response) {
        return response;
      }
      throw answer instanceof IOException failure ? failure : new NotRecordedException();
    };
  }

  private static String key(WireRequest request) {
    return (request.isPreflight() ? "preflight " : "") + request.method() + " " + request.url();
  }

  /** The other engine would have sent something that this one did not. */
  static final class NotRecordedException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
