package dev.corsac.attacks;

/**
 * A request that reached an upstream.
 *
 * @param name of the client that it belongs to; empty if it has none
 * @param request its body is empty where the upstream does not tell
 */
record Seen(String name, Message request) {}
