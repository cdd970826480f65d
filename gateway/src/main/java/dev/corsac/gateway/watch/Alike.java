package dev.corsac.gateway.watch;

/**
 * What events have in common that are told together.
 *
 * @param reason a word of ours
 * @param kind a {@link Kind}'s id; empty for what no policy decided
 * @param origin printable and cut; empty if there is none
 * @param route a route's label
 * @param method printable and cut
 * @param failure what an upstream did; empty unless it failed
 */
public record Alike(
    Event event,
    String reason,
    String kind,
    String origin,
    String route,
    String method,
    String failure) {}
