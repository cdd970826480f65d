/** How {@code corsac diff} says what differs: for people and for machines. */
@NullMarked
package dev.corsac.cli.diff;

import org.jspecify.annotations.NullMarked;
