@NullMarked
package dev.corsac.doctor;

import org.jspecify.annotations.NullMarked;
