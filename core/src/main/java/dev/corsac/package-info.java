/**
 * The server's side of CORS: a policy, checked when it is built, and the decision on each request.
 */
@NullMarked
package dev.corsac;

import org.jspecify.annotations.NullMarked;
