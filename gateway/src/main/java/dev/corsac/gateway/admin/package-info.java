/** The address for operators: health, metrics, and what they look at. */
@NullMarked
package dev.corsac.gateway.admin;

import org.jspecify.annotations.NullMarked;
