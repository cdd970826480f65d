/** The demo: the lab on its two origins, and a small API behind the gateway. */
@NullMarked
package dev.corsac.demo;

import org.jspecify.annotations.NullMarked;
