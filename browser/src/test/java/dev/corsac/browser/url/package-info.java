@NullMarked
package dev.corsac.browser.url;

import org.jspecify.annotations.NullMarked;
