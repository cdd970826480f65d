/**
 * What every adapter and the gateway have to show over real sockets: one JUnit class to extend, and
 * the cases of {@code conformance/http}.
 */
@NullMarked
package dev.corsac.contract;

import org.jspecify.annotations.NullMarked;
