@NullMarked
package dev.corsac.browser.http;

import org.jspecify.annotations.NullMarked;
