/** CORS for {@code com.sun.net.httpserver}, the JDK's own HTTP server. */
@NullMarked
package dev.corsac.jdk;

import org.jspecify.annotations.NullMarked;
