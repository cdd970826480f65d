package dev.corsac.gateway.guard;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a guard says of a request. */
public sealed interface Verdict {

  /** The request may pass, and the upstream is told who makes it. */
  record Admitted(Identity identity) implements Verdict {}

  /**
   * The request may not pass.
   *
   * @param guard the key of the configuration that asks for it
   * @param challenge what a client is asked for, if it is asked (RFC 9110 section 11.6.1)
   */
  record Refused(String guard, int status, String message, @Nullable String challenge)
      implements Verdict {

    /** Asking again with something else makes no difference. */
    static Refused forbidden(String guard, String message) {
      return new Refused(guard, 403, message, null);
    }
  }

  /** It is not known yet; the verdict that comes is no other {@code Pending}. */
  record Pending(CompletableFuture<Verdict> verdict) implements Verdict {}
}
