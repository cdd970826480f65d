package dev.corsac.attacks.lab;

import dev.corsac.attacks.http.Message;

/**
 * A request that reached an upstream.
 *
 * @param client the address that the proxy says it comes from; empty if it says none
 * @param name of the client that it belongs to; empty if it has none
 * @param request its body is empty where the upstream does not tell
 */
public record Seen(String client, String name, Message request) {}
