/**
 * Reads and writes HTTP as bytes: as strictly as the standard, as leniently as it allows, and as
 * carelessly as servers do.
 */
@NullMarked
package dev.corsac.attacks.http;

import org.jspecify.annotations.NullMarked;
