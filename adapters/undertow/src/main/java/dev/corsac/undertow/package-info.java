/** CORS for Undertow's own handlers. */
@NullMarked
package dev.corsac.undertow;

import org.jspecify.annotations.NullMarked;
