package dev.corsac.attacks.lab;

import java.util.List;

/**
 * What an upstream does instead of responding as HTTP asks.
 *
 * @param name of the client that gets it; others get their own responses
 */
public record Script(String name, When when, List<Step> steps) {

  /** What starts it. */
  public enum When {
    /** The head is there, whether or not the body is. */
    HEAD,
    /** All of the request is there. */
    REQUEST
  }

  /** One thing that is done. */
  public sealed interface Step {}

  public record Send(String bytes) implements Step {}

  public record Pause(int millis) implements Step {}

  /** Ends the connection: by FIN, or by RST. */
  public record Close(boolean reset) implements Step {}

  /** Says nothing more, and reads nothing more. */
  public record Stall() implements Step {}
}
