/** The API of the guide, which knows nothing of CORS and of the server that it runs in. */
@NullMarked
package dev.corsac.lab.api;

import org.jspecify.annotations.NullMarked;
