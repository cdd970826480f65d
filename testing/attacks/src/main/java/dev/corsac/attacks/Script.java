package dev.corsac.attacks;

import java.util.List;

/**
 * What an upstream does instead of responding as HTTP asks.
 *
 * @param name of the client that gets it; others get their own responses
 */
record Script(String name, When when, List<Step> steps) {

  /** What starts it. */
  enum When {
    /** The head is there, whether or not the body is. */
    HEAD,
    /** All of the request is there. */
    REQUEST
  }

  /** One thing that is done. */
  sealed interface Step {}

  record Send(String bytes) implements Step {}

  record Pause(int millis) implements Step {}

  /** Ends the connection: by FIN, or by RST. */
  record Close(boolean reset) implements Step {}

  /** Says nothing more, and reads nothing more. */
  record Stall() implements Step {}
}
