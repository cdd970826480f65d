/** CORS for Vert.x Web. */
@NullMarked
package dev.corsac.vertx;

import org.jspecify.annotations.NullMarked;
