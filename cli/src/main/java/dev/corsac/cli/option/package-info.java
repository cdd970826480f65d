/** The values of options, read and checked. */
@NullMarked
package dev.corsac.cli.option;

import org.jspecify.annotations.NullMarked;
