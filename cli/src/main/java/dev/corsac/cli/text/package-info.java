/** How the command writes: for a terminal, and as JSON. */
@NullMarked
package dev.corsac.cli.text;

import org.jspecify.annotations.NullMarked;
