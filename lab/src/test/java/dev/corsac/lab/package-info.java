@NullMarked
package dev.corsac.lab;

import org.jspecify.annotations.NullMarked;
