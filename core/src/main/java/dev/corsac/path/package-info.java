/** Patterns of paths, and every way in which a server may read a path. Not exported. */
@NullMarked
package dev.corsac.path;

import org.jspecify.annotations.NullMarked;
