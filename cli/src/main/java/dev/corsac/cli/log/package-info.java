/** The log of the command: its lines, as text or JSON, and how many there may be. */
@NullMarked
package dev.corsac.cli.log;

import org.jspecify.annotations.NullMarked;
