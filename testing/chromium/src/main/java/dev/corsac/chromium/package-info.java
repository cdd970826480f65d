/** Test support: drives a real Chromium over the DevTools protocol. */
@NullMarked
package dev.corsac.chromium;

import org.jspecify.annotations.NullMarked;
