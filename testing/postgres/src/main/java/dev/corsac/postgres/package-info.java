/** A real PostgreSQL for tests. */
@org.jspecify.annotations.NullMarked
package dev.corsac.postgres;
