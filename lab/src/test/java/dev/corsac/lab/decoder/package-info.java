@NullMarked
package dev.corsac.lab.decoder;

import org.jspecify.annotations.NullMarked;
