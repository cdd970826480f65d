/** Runs that show the JVM which classes the command needs. */
@NullMarked
package dev.corsac.cli.training;

import org.jspecify.annotations.NullMarked;
