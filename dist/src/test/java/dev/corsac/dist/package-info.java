/** Tests of the archive as a user unpacks it. */
@NullMarked
package dev.corsac.dist;

import org.jspecify.annotations.NullMarked;
