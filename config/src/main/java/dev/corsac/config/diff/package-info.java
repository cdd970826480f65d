/** What changes for browsers from one configuration to another, each change with a request. */
@NullMarked
package dev.corsac.config.diff;

import org.jspecify.annotations.NullMarked;
