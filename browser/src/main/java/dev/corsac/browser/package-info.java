/**
 * The browser's side of the Fetch standard: which requests a page may make and what it may read.
 */
@NullMarked
package dev.corsac.browser;

import org.jspecify.annotations.NullMarked;
