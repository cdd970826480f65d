@NullMarked
package dev.corsac.doctor.problem;

import org.jspecify.annotations.NullMarked;
