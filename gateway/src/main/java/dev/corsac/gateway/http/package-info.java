/**
 * What a request is on the wire: its head, target, authority and framing, and the gates that refuse
 * what two recipients could read in two ways.
 */
@NullMarked
package dev.corsac.gateway.http;

import org.jspecify.annotations.NullMarked;
