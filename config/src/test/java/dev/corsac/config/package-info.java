@NullMarked
package dev.corsac.config;

import org.jspecify.annotations.NullMarked;
