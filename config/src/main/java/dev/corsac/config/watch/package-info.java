/** What a configuration says of who watches the gateway, and how. */
@NullMarked
package dev.corsac.config.watch;

import org.jspecify.annotations.NullMarked;
