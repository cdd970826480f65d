/** Who may make a request: addresses, certificates, keys and tokens. */
@NullMarked
package dev.corsac.gateway.guard;

import org.jspecify.annotations.NullMarked;
