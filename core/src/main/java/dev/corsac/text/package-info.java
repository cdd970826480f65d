/** Names and texts of strangers: tokens, sets of them, and how they are quoted. Not exported. */
@NullMarked
package dev.corsac.text;

import org.jspecify.annotations.NullMarked;
