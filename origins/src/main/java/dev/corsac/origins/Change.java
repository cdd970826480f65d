package dev.corsac.origins;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a row.
 *
 * @param there whether it is there
 * @param expires its end, if it is there and has one
 */
record Change(String pattern, boolean there, @Nullable Instant expires) {}
