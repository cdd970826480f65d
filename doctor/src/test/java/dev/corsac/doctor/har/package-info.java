@NullMarked
package dev.corsac.doctor.har;

import org.jspecify.annotations.NullMarked;
