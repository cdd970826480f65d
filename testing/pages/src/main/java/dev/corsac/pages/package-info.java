/**
 * What pages of a real browser make a server do: a JUnit class to extend, like the adapter
 * contract, but with a Chromium, so that it is not published.
 */
@NullMarked
package dev.corsac.pages;

import org.jspecify.annotations.NullMarked;
