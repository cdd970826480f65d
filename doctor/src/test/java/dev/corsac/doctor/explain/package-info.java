@NullMarked
package dev.corsac.doctor.explain;

import org.jspecify.annotations.NullMarked;
