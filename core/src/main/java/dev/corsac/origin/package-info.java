/** The form of origins, and many of them packed into one set. Not exported. */
@NullMarked
package dev.corsac.origin;

import org.jspecify.annotations.NullMarked;
