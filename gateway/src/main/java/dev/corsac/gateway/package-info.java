/** The reverse proxy: puts a policy in front of servers that know nothing of CORS. */
@NullMarked
package dev.corsac.gateway;

import org.jspecify.annotations.NullMarked;
