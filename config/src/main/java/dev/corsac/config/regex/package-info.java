/** What a regular expression matches of all origins, computed with automata and not tried. */
@NullMarked
package dev.corsac.config.regex;

import org.jspecify.annotations.NullMarked;
