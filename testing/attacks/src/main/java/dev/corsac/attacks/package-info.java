/** The long runs: attacks on a reverse proxy, and load, as many and as long as wanted. */
@NullMarked
package dev.corsac.attacks;

import org.jspecify.annotations.NullMarked;
