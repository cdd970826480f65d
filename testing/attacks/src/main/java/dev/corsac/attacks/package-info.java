/**
 * Attacks on a reverse proxy, and the oracle that judges what it did: clients' framings, upstreams'
 * misbehaviour, fuzzers of both, and load.
 */
@NullMarked
package dev.corsac.attacks;

import org.jspecify.annotations.NullMarked;
