/** What an operator sees of requests: events in the log, the access log, and metrics. */
@NullMarked
package dev.corsac.gateway.watch;

import org.jspecify.annotations.NullMarked;
