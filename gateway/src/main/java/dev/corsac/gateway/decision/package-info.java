/** A request with the decision on it, and the responses that are the gateway's own. */
@NullMarked
package dev.corsac.gateway.decision;

import org.jspecify.annotations.NullMarked;
