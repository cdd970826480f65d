/** Who is let in, as a file says it: addresses, guards, and the files of TLS. */
@NullMarked
package dev.corsac.config.access;

import org.jspecify.annotations.NullMarked;
