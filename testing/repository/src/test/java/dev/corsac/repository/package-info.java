/** Checks of the repository itself, rather than of what it is for. */
@NullMarked
package dev.corsac.repository;

import org.jspecify.annotations.NullMarked;
