/** Certificates and keys that come from files, also when the files change. */
@NullMarked
package dev.corsac.gateway.tls;

import org.jspecify.annotations.NullMarked;
