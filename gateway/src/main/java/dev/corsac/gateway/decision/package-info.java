/**
 * A request with the decision on it, and what the gateway says of it itself: its own responses, and
 * the lines of the log.
 */
@NullMarked
package dev.corsac.gateway.decision;

import org.jspecify.annotations.NullMarked;
