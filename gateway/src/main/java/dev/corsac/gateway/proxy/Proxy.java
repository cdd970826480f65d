package dev.corsac.gateway.proxy;

import dev.corsac.gateway.decision.EventLog;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;

/** What every proxied request needs. */
public record Proxy(Vertx vertx, HttpClient client, EventLog events) {}
