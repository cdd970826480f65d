@NullMarked
package dev.corsac.cli.log;

import org.jspecify.annotations.NullMarked;
