@NullMarked
package dev.corsac.cli;

import org.jspecify.annotations.NullMarked;
