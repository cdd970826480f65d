@org.jspecify.annotations.NullMarked
package dev.corsac.origins;
