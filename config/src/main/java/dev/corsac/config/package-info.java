/** {@code corsac.yaml}: read, checked, and turned into policies. */
@NullMarked
package dev.corsac.config;

import org.jspecify.annotations.NullMarked;
