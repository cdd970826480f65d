@NullMarked
package dev.corsac.doctor.audit;

import org.jspecify.annotations.NullMarked;
