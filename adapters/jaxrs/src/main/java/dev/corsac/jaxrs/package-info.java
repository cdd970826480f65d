/** CORS for Jakarta REST (JAX-RS). */
@NullMarked
package dev.corsac.jaxrs;

import org.jspecify.annotations.NullMarked;
