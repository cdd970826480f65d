@NullMarked
package dev.corsac.spring;

import org.jspecify.annotations.NullMarked;
