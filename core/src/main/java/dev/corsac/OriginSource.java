package dev.corsac;

/**
 * A set of allowed origins that may change while running: a database's, a file's, a tenant's.
 *
 * <p>Each call answers from an immutable snapshot in memory; the source changes the snapshot by
 * itself, on a thread of its own. When it cannot be reached it keeps the last good one; it never
 * answers true for want of data.
 */
@FunctionalInterface
public interface OriginSource {

  /**
   * Whether an origin is allowed now. Never blocks, does no I/O, does not throw.
   *
   * @param origin a well-formed serialised origin, such as {@code https://app.example.com:8443};
   *     never {@code null}
   */
  boolean allows(String origin);
}
