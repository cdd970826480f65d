/** Where a request leads: the configuration that serves, its routes and their upstreams. */
@NullMarked
package dev.corsac.gateway.route;

import org.jspecify.annotations.NullMarked;
