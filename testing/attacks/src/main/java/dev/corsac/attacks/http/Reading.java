package dev.corsac.attacks.http;

/** What a reader makes of the bytes of a connection from some point on. */
public sealed interface Reading {

  /**
   * A message that is there to its end.
   *
   * @param end where the next one starts
   */
  record Whole(Message message, int end) implements Reading {}

  /**
   * The start of a message.
   *
   * @param head whether its head is there
   */
  record Unfinished(boolean head) implements Reading {}

  /** No message of HTTP. */
  record Malformed(String why) implements Reading {}
}
