@NullMarked
package dev.corsac.examples;

import org.jspecify.annotations.NullMarked;
