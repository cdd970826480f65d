/**
 * The lab: a page on two origins that makes real requests, shows every message of them, and says
 * why the browser lets the page read a response or not.
 *
 * <p>{@code Lab} serves the page and its own API to both origins; {@code SandboxHandler} is the
 * server that the experiments ask. An {@code Experiment} becomes a {@code Run}; of each step the
 * {@code Forecast} is what the model of the browser says, the {@code Report} what the browser did,
 * and the {@code Story} is what went over the wire, in words.
 */
@NullMarked
package dev.corsac.lab;

import org.jspecify.annotations.NullMarked;
