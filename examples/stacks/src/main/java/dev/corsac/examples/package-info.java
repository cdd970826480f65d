/** The guide's API on each stack, under one policy. */
@NullMarked
package dev.corsac.examples;

import org.jspecify.annotations.NullMarked;
