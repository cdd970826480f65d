package dev.corsac.attacks.lab;

import dev.corsac.attacks.http.Message;

/**
 * A request that reached an upstream.
 *
 * @param name of the client that it belongs to; empty if it has none
 * @param request its body is empty where the upstream does not tell
 */
public record Seen(String name, Message request) {}
