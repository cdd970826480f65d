/**
 * Allowed origins that change while a server runs: {@link dev.corsac.origins.LiveOrigins} follows
 * one place, {@link dev.corsac.origins.OriginSources} those of a configuration, and {@link
 * dev.corsac.origins.OriginStore} is the registry of a database.
 */
@org.jspecify.annotations.NullMarked
package dev.corsac.origins;
