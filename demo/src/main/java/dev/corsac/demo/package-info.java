/** The demo: a small API behind the gateway, and a page on two origins that calls it. */
@NullMarked
package dev.corsac.demo;

import org.jspecify.annotations.NullMarked;
