/**
 * The way of one request to an upstream and back: what is forwarded, how responses are read, and
 * when a connection may serve another request.
 */
@NullMarked
package dev.corsac.gateway.proxy;

import org.jspecify.annotations.NullMarked;
