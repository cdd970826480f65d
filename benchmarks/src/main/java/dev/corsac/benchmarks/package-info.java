/** What a decision costs; see {@code benchmarks/RESULTS.md}. */
@NullMarked
package dev.corsac.benchmarks;

import org.jspecify.annotations.NullMarked;
