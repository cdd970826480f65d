/** CORS for Jakarta Servlet 6 containers. */
@NullMarked
package dev.corsac.servlet;

import org.jspecify.annotations.NullMarked;
