/** A folder that is served beside the API, on the same origin. */
@NullMarked
package dev.corsac.gateway.site;

import org.jspecify.annotations.NullMarked;
