@NullMarked
package dev.corsac;

import org.jspecify.annotations.NullMarked;
