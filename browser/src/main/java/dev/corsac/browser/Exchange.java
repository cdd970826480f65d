package dev.corsac.browser;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One exchange of a transcript: a request that went out, and the response or why there was none.
 *
 * <p>Immutable and thread-safe.
 */
public final class Exchange {
  private final WireRequest request;
  private final @Nullable WireResponse response;
  private final @Nullable IOException failure;

  Exchange(WireRequest request, WireResponse response) {
    this.request = Objects.requireNonNull(request, "request");
    this.response = Objects.requireNonNull(response, "response");
    this.failure = null;
  }

  Exchange(WireRequest request, IOException failure) {
    this.request = Objects.requireNonNull(request, "request");
    this.response = null;
    this.failure = Objects.requireNonNull(failure, "failure");
  }

  /** Sends a request as it is, by no rule of a browser; a failure is an exchange too. */
  public static Exchange of(Transport transport, WireRequest request) {
    try {
      return new Exchange(request, transport.send(request));
    } catch (IOException noResponse) {
      return new Exchange(request, noResponse);
    }
  }

  /** The request. */
  public WireRequest request() {
    return request;
  }

  /** The response, or null if there was none. */
  public @Nullable WireResponse response() {
    return response;
  }

  /** Why there was no response, or null if there was one. */
  public @Nullable String failure() {
    return failure == null ? null : String.valueOf(failure.getMessage());
  }

  /** The kind of {@link #failure}, or null if there was a response or the transport did not say. */
  public TransportException.@Nullable Reason failureReason() {
    return failure instanceof TransportException known ? known.reason() : null;
  }

  /** Asserts the status of the response. */
  public Exchange assertStatus(int status) {
    return assertTrue(response != null && response.status() == status, "status " + status);
  }

  /** Asserts that the response has a header of exactly this value. */
  public Exchange assertHeader(String name, String value) {
    return assertTrue(
        response != null && value.equals(response.headers().get(name)), name + ": " + value);
  }

  /**
   * Asserts that a list header of the response, such as Access-Control-Allow-Methods, has these.
   */
  public Exchange assertLists(String name, String... items) {
    List<String> listed =
        response == null ? List.of() : HttpGrammar.tokens(response.headers(), name).tokens();
    for (String item : items) {
      assertTrue(HttpGrammar.containsIgnoringCase(listed, item), item + " in " + name);
    }
    return this;
  }

  private Exchange assertTrue(boolean condition, String expectation) {
    if (!condition) {
      throw new AssertionError("Expected the answer to have " + expectation + ", but:\n" + this);
    }
    return this;
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    out.append("  > ").append(request.method()).append(' ').append(request.url());
    out.append(request.isPreflight() ? "   (preflight)\n" : "\n");
    for (Header header : request.headers()) {
      out.append("  >   ").append(header).append('\n');
    }
    if (response == null) {
      return out.append("  < no answer: ").append(failure()).append('\n').toString();
    }
    out.append("  < ").append(response.status()).append('\n');
    for (Header header : response.headers()) {
      out.append("  <   ").append(header).append('\n');
    }
    return out.toString();
  }
}
