/** The connections of clients: who comes in, how much they may hold, and when they end. */
@NullMarked
package dev.corsac.gateway.connection;

import org.jspecify.annotations.NullMarked;
