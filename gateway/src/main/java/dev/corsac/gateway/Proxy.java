package dev.corsac.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;

/** What every proxied request needs. */
record Proxy(Vertx vertx, HttpClient client, EventLog events) {}
