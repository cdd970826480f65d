package dev.corsac.browser;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One message of a transcript: a request that went out, and the answer or why there was none.
 *
 * <p>Immutable and thread-safe.
 */
public final class Exchange {
  private final WireRequest request;
  private final @Nullable WireResponse response;
  private final @Nullable String failure;

  Exchange(WireRequest request, @Nullable WireResponse response, @Nullable String failure) {
    this.request = Objects.requireNonNull(request, "request");
    this.response = response;
    this.failure = failure;
  }

  /** The request. */
  public WireRequest request() {
    return request;
  }

  /** The answer, or null if there was none. */
  public @Nullable WireResponse response() {
    return response;
  }

  /** Why there was no answer, or null if there was one. */
  public @Nullable String failure() {
    return failure;
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
      return out.append("  < no answer: ").append(failure).append('\n').toString();
    }
    out.append("  < ").append(response.status()).append('\n');
    for (Header header : response.headers()) {
      out.append("  <   ").append(header).append('\n');
    }
    return out.toString();
  }
}
