/** CORS for Netty's HTTP/1.1 and for its HTTP/2 streams. */
@NullMarked
package dev.corsac.netty;

import org.jspecify.annotations.NullMarked;
