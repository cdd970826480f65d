package dev.corsac.gateway.watch;

import java.time.Instant;

/**
 * How it stands with one source of allowed origins.
 *
 * @param source what tells it apart, of the configuration's
 * @param loaded when the origins that are served were read
 * @param origins how many there are
 * @param current whether the source could be read when it was last asked
 */
public record OriginsStatus(String source, Instant loaded, long origins, boolean current) {}
