/** What would be decided about a request, and what browsers would make of it. */
@NullMarked
package dev.corsac.gateway.explain;

import org.jspecify.annotations.NullMarked;
