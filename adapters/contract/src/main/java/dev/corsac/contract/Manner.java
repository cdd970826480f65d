package dev.corsac.contract;

/**
 * How the application hands a {@link Reply} to its stack. A stack that lacks a manner takes the
 * nearest it has.
 */
public enum Manner {
  /** Sets status and headers, writes the body. */
  WRITE,
  /** Writes a part of the body first, then sets the headers as late as the stack lets it. */
  LATE,
  /** Sends the headers to the client, then writes the body piece by piece. */
  FLUSH,
  /** Sets other headers and writes another body, resets all of that, then replies as for WRITE. */
  RESET,
  /** Uses the stack's own error answer: sendError, fail, an exception that carries a status. */
  ERROR,
  /** Uses the stack's own redirect to the reply's Location. */
  REDIRECT,
  /** Sets the headers, then throws an exception that nobody catches. */
  THROW,
  /** As WRITE, from another thread 50 ms later. */
  ASYNC,
  /** As ERROR, from another thread 50 ms later. */
  ASYNC_ERROR
}
