/** Attacks that nobody has thought of, from both sides, made small. */
@NullMarked
package dev.corsac.attacks.fuzz;

import org.jspecify.annotations.NullMarked;
