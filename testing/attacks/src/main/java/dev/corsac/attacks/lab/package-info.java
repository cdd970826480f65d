/**
 * What is attacked: a proxy, an upstream that tells what it saw, and innocents beside the attacker.
 */
@NullMarked
package dev.corsac.attacks.lab;

import org.jspecify.annotations.NullMarked;
