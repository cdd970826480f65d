@NullMarked
package dev.corsac.theorem;

import org.jspecify.annotations.NullMarked;
