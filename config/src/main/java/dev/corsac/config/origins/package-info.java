/** Where allowed origins come from that change while a server runs, as a file says it. */
@NullMarked
package dev.corsac.config.origins;

import org.jspecify.annotations.NullMarked;
